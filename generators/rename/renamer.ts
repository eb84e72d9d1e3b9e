/** What has one name and gets another: the present one, then the new one. */
interface Renaming {
  /** With the scope: `@shop/orders`. */
  readonly names: readonly [string, string];
  readonly folders: readonly [string, string];
  /** As Nx knows it. */
  readonly projects: readonly [string, string];
}

/**
 * The function that names a package anew in a text: by its full name, by its folder, and as a project where Nx and its
 * commands name one. Words that only happen to be its name stay.
 */
export function renamer({ names, folders, projects }: Renaming): (path: string, text: string) => string {
  const name = new RegExp(`(?<![\\w@/-])${RegExp.escape(names[0])}(?![\\w-])`, 'g');
  const folder = new RegExp(`(?<![\\w-])(?<!\\w/)${RegExp.escape(folders[0])}(?![\\w-])`, 'g');
  const command = new RegExp(
    `(\\bnx (?:run )?(?:dev|lint|typecheck|unit|integration) )${RegExp.escape(projects[0])}(?![\\w-])`,
    'g',
  );
  const dependencies = /("(?:implicitDependencies|projects)"\s*:\s*)(\[[^\]]*\])/g;
  return (path, text) => {
    const renamed = text
      .replaceAll(name, () => names[1])
      .replaceAll(folder, () => folders[1])
      .replaceAll(command, (_, before: string) => `${before}${projects[1]}`);
    return path.endsWith('.json')
      ? renamed.replaceAll(dependencies, (_, key: string, list: string) => {
          return `${key}${list.replaceAll(JSON.stringify(projects[0]), () => JSON.stringify(projects[1]))}`;
        })
      : renamed;
  };
}
