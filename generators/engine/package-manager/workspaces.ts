import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { plainPattern, workspacesField } from '@splitlevel/guards/workspaces-field';
import { EXIT, Failure, messageOf } from '../failure.ts';

/**
 * The patterns of a repository's workspace packages, from where its package manager has them.
 * @throws {Failure} when they cannot be read.
 */
export function workspacePatterns(root: string): readonly string[] {
  const { file, read } = workspacesField(root);
  let field: unknown;
  try {
    field = read();
  } catch (error) {
    throw new Failure(EXIT.failed, `${file} cannot be read: ${messageOf(error)}`, 'Correct the file.', error);
  }
  return patternsOf(field, file);
}

/**
 * Patterns without a `./` before or a `/` behind.
 * @param workspaces `workspaces` of a package.json, a list or an object with a list as its `packages`;
 * pnpm-workspace.yaml has the first form.
 * @param file that has them, for messages.
 * @throws {Failure} when they are in none of the forms.
 */
export function patternsOf(workspaces: unknown, file: string): readonly string[] {
  const isObject = typeof workspaces === 'object' && workspaces !== null && !Array.isArray(workspaces);
  const patterns: unknown = isObject
    ? ((workspaces as { packages?: unknown }).packages ?? [])
    : workspaces === undefined
      ? []
      : workspaces;
  if (!Array.isArray(patterns) || !patterns.every((each) => typeof each === 'string')) {
    throw new Failure(
      EXIT.failed,
      file.endsWith('.yaml')
        ? `packages in ${file} must be a list of patterns`
        : `workspaces in ${file} must be a list of patterns, or an object with such a list as its packages`,
      file.endsWith('.yaml') ? 'Write packages: ["packages/*"].' : 'Write "workspaces": ["packages/*"].',
    );
  }
  return patterns.map(plainPattern);
}

/**
 * The folders of workspace packages that have a package.json, sorted. A pattern with an exclamation mark takes out what
 * those before it have found.
 */
export function packageFolders(root: string, patterns: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const excludes = /^(!!)*!(?!!)/.test(pattern);
    const manifests = globSync(`${pattern.replace(/^!+/, '')}/package.json`, {
      cwd: root,
      exclude: (path) => path.split(/[\\/]/).at(-1) === 'node_modules',
    });
    for (const manifest of manifests) {
      const folder = dirname(manifest).replaceAll('\\', '/');
      if (excludes) {
        found.delete(folder);
      } else if (folder !== '.' && !folder.startsWith('..')) {
        found.add(folder);
      }
    }
  }
  return [...found].toSorted();
}

/**
 * Where a new package goes: to packages/ if a pattern takes it, else to the folder X of the first pattern `X/*`, else of
 * the first `X/**`; undefined: there is none.
 */
export function packagesFolder(patterns: readonly string[]): string | undefined {
  const folders = [/^([^*!?{[]+)\/\*$/, /^([^*!?{[]+)\/\*\*$/].flatMap((form) =>
    patterns.flatMap((pattern) => form.exec(pattern)?.[1] ?? []),
  );
  return folders.find((folder) => folder === 'packages') ?? folders[0];
}
