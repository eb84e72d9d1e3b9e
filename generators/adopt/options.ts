import type { Context } from '../engine/answers/options.ts';
import { packageOption, wasGenerated } from '../engine/answers/packages.ts';
import { didYouMean } from '../engine/command/nearest.ts';

/** The option schema of the adopt generator. */
export const options = {
  package: {
    ...packageOption({
      description: 'The package, by its name or its folder under packages/',
      fits: (folder, workspace) => !wasGenerated(folder, workspace),
    }),
    positional: true,
    validate: (name: string, context: Context) =>
      folderOf(name, context) === undefined ? unknown(name, context) : undefined,
  },
};

/** The folder of a package of the workspace by its project's name, its package's name or its folder's; undefined: there is none. */
export function folderOf(name: string, { workspace }: Pick<Context, 'workspace'>): string | undefined {
  const bare = name.startsWith(`${workspace.scope}/`) ? name.slice(workspace.scope.length + 1) : name;
  const folders = [...workspace.projects.values()].filter((folder) => folder !== '.');
  const found = workspace.projects.get(name) ?? workspace.projects.get(bare);
  return found === '.' ? undefined : (found ?? folders.find((folder) => folder === `packages/${bare}`));
}

function unknown(name: string, { workspace }: Context): string {
  const names = [...workspace.projects].filter(([, folder]) => folder !== '.').map(([project]) => project);
  const known = names.length === 0 ? '' : `; there are: ${names.join(', ')}`;
  return `there is no package ${JSON.stringify(name)} in this workspace${didYouMean(name, names) || known}`;
}
