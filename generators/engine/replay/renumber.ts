import { parseBase, printBase } from '../record/base-file.ts';

/** New paths by the ones that runs gave. */
export type Renumbering = ReadonlyMap<string, string>;

const NUMBERED = /^(.*\/)?(\d+)-([^/]+)$/;

/**
 * The paths of numbered files that were made before under another number, as migrations are: they keep the number that they
 * have, whatever number is free when they are made again.
 * @param made paths that a run makes.
 * @param recorded paths that the same run made before.
 * @param isHeld whether a numbered one of them must keep its number.
 */
export function keepNumbers(
  made: Iterable<string>,
  recorded: Iterable<string>,
  isHeld: (path: string) => boolean,
): Renumbering {
  const held = [...recorded].filter((path) => NUMBERED.test(path) && isHeld(path));
  const known = new Map(held.map((path) => [withoutNumber(path), path]));
  const kept = [...made].flatMap((path) => {
    const before = NUMBERED.test(path) ? known.get(withoutNumber(path)) : undefined;
    return before === undefined || before === path ? [] : [[path, before] as const];
  });
  return new Map(kept);
}

/**
 * The paths of numbered files that are new and would come before ones that are there: migrations run in the order of their
 * names, and those that ran already cannot be preceded. One that is there already, under any number, is the same, unless
 * tables were dropped since.
 * @param added paths that are new, in their order.
 * @param present paths of the same folders that stay.
 */
export function numberLast(added: readonly string[], present: readonly string[]): Renumbering {
  const numbered = [...present].filter((path) => NUMBERED.test(path)).toSorted();
  const renumbered = new Map<string, string>();
  const lastDrop = numbered.findLast((path) => /(^|\/)\d+-drop-/.test(path)) ?? '';
  const known = new Map(numbered.filter((path) => path > lastDrop).map((path) => [withoutNumber(path), path]));
  for (const path of added.filter((each) => NUMBERED.test(each)).toSorted()) {
    const before = known.get(withoutNumber(path));
    if (before !== undefined) {
      renumbered.set(path, before);
      continue;
    }
    const last = numbered.filter((each) => folderOf(each) === folderOf(path)).at(-1);
    if (last === undefined || last < path) {
      numbered.push(path);
      continue;
    }
    const [, folder = '', number = '', rest] = NUMBERED.exec(path) ?? [];
    const next = String(numberOf(last) + 1).padStart(number.length, '0');
    renumbered.set(path, `${folder}${next}-${rest}`);
    numbered.push(`${folder}${next}-${rest}`);
  }
  return renumbered;
}

/** Files under their new paths; the base files among them name them anew. */
export function renumbered(
  files: ReadonlyMap<string, Buffer>,
  paths: Renumbering,
  isBase: (path: string) => boolean = () => false,
): ReadonlyMap<string, Buffer> {
  if (paths.size === 0) {
    return files;
  }
  return new Map(
    [...files].map(([path, content]) => {
      return isBase(path) ? [path, inBase(content, paths)] : [paths.get(path) ?? path, content];
    }),
  );
}

function inBase(content: Buffer, paths: Renumbering): Buffer {
  const files = parseBase(content.toString('utf8')) ?? new Map();
  return Buffer.from(printBase(new Map([...files].map(([path, file]) => [paths.get(path) ?? path, file]))));
}

function withoutNumber(path: string): string {
  return path.replace(NUMBERED, '$1$3');
}

function folderOf(path: string): string {
  return NUMBERED.exec(path)?.[1] ?? '';
}

function numberOf(path: string): number {
  return Number(NUMBERED.exec(path)?.[2] ?? 0);
}
