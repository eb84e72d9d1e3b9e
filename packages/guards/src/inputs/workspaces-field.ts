import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { parse } from 'yaml';
import { files } from './files.ts';

/** The file that names the packages of a workspace. */
interface WorkspacesField {
  /** Absolute: pnpm-workspace.yaml where it is there, as with pnpm, else package.json. */
  readonly file: string;
  /**
   * Its `packages`, or `workspaces` of package.json, unchecked.
   * @throws {Error} when the file cannot be read.
   */
  read(): unknown;
}

/** A pattern of a workspace's packages without a `./` or `/` before and a `/` behind, as all forms of it mean the same. */
export function plainPattern(pattern: string): string {
  return pattern.replace(/^(!*)(?:\.?\/)+/, '$1').replace(/\/+$/, '');
}

export function workspacesField(root: string): WorkspacesField {
  const ofPnpm = join(root, 'pnpm-workspace.yaml');
  const file = files.existsSync(ofPnpm) ? ofPnpm : join(root, 'package.json');
  const text = () => files.readFileSync(file, 'utf8');
  if (file !== ofPnpm) {
    return { file, read: () => JSON.parse(text()).workspaces };
  }
  // Loaded where it is needed: other repositories do not pay for it.
  const yaml = createRequire(import.meta.url)('yaml') as { readonly parse: typeof parse };
  return { file, read: () => yaml.parse(text())?.packages ?? undefined };
}
