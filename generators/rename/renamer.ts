import { posix } from 'node:path';

/** What has one name and gets another: the present one, then the new one. */
interface Renaming {
  /** With the scope: `@shop/orders`. */
  readonly names: readonly [string, string];
  readonly folders: readonly [string, string];
  /** As Nx knows it. */
  readonly projects: readonly [string, string];
}

/** A command of Nx or Plop, up to the end of it. */
const COMMAND = /\b(?:nx|plop) [^\n`|;&#]*/g;
const LISTS = /("(?:implicitDependencies|projects)"\s*:\s*)(\[[^\]]*\]|"[^"]*")/g;
/** Files in which Nx looks for names of projects. */
const OF_NX = /(^|\/)(package|project|nx)\.json$/;

/**
 * The function that names a package anew in a text: by its full name, by its folder, and as a project where Nx and the
 * commands name one. Words that only happen to be its name stay.
 * @returns from the path of a file in the workspace, from which relative paths lead, and its text to the new text.
 */
export function renamer({ names, folders, projects }: Renaming): (path: string, text: string) => string {
  const name = new RegExp(`(?<![\\w@-])${RegExp.escape(names[0])}(?![\\w-])`, 'g');
  const folder = new RegExp(`(?<![\\w-])(?<!\\w/)${RegExp.escape(folders[0])}(?![\\w-])`, 'g');
  const relative = new RegExp(
    `(?<![\\w./-])((?:\\.{1,2}/)+(?:[\\w@.-]+/)*|(?<=\\]\\()(?:[\\w@.-]+/)*)${RegExp.escape(posix.basename(folders[0]))}(?![\\w-])`,
    'g',
  );
  const inCommand = projectIn(projects);
  return (path, text) => {
    const renamed = text
      .replaceAll(name, () => names[1])
      .replaceAll(folder, () => folders[1])
      .replaceAll(relative, (found: string, before: string) => {
        const target = posix.join(posix.dirname(path), before, posix.basename(folders[0]));
        return target === folders[0] ? `${before}${posix.basename(folders[1])}` : found;
      })
      .replaceAll(COMMAND, inCommand);
    return OF_NX.test(path)
      ? renamed.replaceAll(LISTS, (_, key: string, list: string) => {
          const item = new RegExp(`(?<="!?)${RegExp.escape(projects[0])}(?=")`, 'g');
          return `${key}${list.replaceAll(item, () => projects[1])}`;
        })
      : renamed;
  };
}

/** Names a project anew in a command: behind a target, before one, and in the options that take projects. */
function projectIn([present, next]: Renaming['projects']): (command: string) => string {
  const project = `${RegExp.escape(present)}(?![\\w-])`;
  const target = new RegExp(
    `^(nx (?:run )?(?:dev|lint|typecheck|unit|integration|show project|run(?= [^ ]+:)) )${project}`,
  );
  const option = /( (?:-p|--projects?|--exclude|--focus|--package)[ =]["']?)([^\s"']+)/g;
  const item = new RegExp(`(?<=^|,|!)${project}(?=,|$|\\*)`, 'g');
  return (command) =>
    command
      .replace(target, (_, before: string) => `${before}${next}`)
      .replaceAll(option, (_, before: string, list: string) => `${before}${list.replaceAll(item, () => next)}`);
}
