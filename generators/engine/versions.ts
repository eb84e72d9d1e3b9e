import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The versions of the standard, of Plop and of Node, a line each. */
export function versions(folder: string): string {
  const versionIn = (file: string) =>
    (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { version?: string }).version;
  return [
    `Splitlevel ${versionIn('package.json') ?? 'unknown'}`,
    `Plop ${versionIn('node_modules/plop/package.json')}`,
    `Node ${process.versions.node}`,
  ].join('\n');
}
