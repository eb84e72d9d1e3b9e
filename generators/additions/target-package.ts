import type { Edit } from '../engine/generator.ts';
import { diskOf } from '../engine/plan/disk.ts';
import { editedBy, madeBy } from '../engine/record/base-of.ts';
import { readRuns } from '../engine/record/read-record.ts';
import type { Workspace } from '../engine/workspace.ts';
import { answersWith } from '../service/answers-with.ts';

/** A package to which something is added. */
export interface TargetPackage {
  /** Relative to the workspace. */
  readonly folder: string;
  /** The generator that made it; undefined where none did. */
  readonly madeBy: string | undefined;
  /** The answers that make it with what was added to it before this. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** The names of the upstreams that it was made with, and of those that were added to it. */
  readonly upstreams: readonly string[];
  /** The files that were edited by what was added to it before this. */
  readonly edited?: readonly string[];
  /** The files that an earlier run made when it added this; undefined where none did. */
  readonly earlier?: readonly string[] | undefined;
  /** Whether this was added to it by an earlier run. */
  readonly isAgain: boolean;
  /** Whether it is made again beside what it would have changed too. */
  readonly isBeside?: boolean;
  /** Whether a file was there before this was added. */
  had(path: string): boolean;
  /** The text of a file, or undefined where there is none. */
  read(path: string): string | undefined;
}

/** An addition to a package: the generator, and the answer by which its record tells one addition from another. */
interface Wanted {
  readonly generator: string;
  readonly by: string;
  readonly answer: string;
}

/** Looks at the package to which something is to be added. */
export function readTarget(
  name: string,
  wanted: Wanted,
  { root, projects, isBeside = false }: Workspace,
): TargetPackage {
  const folder = projects.get(name) ?? `packages/${name}`;
  const disk = diskOf(root);
  const read = (path: string) => disk.read(`${folder}/${path}`)?.toString('utf8');
  const [first, ...additions] = readRuns(folder, disk);
  const own = additions.find(({ generator, answers }) => {
    return generator === wanted.generator && answers[wanted.by] === wanted.answer;
  });
  const before = additions.slice(0, own && additions.indexOf(own));
  // What additions have in common stands in the record of each of them.
  const earlier = new Set([...(first ? [first] : []), ...before].flatMap((run) => [...madeBy(run).keys()]));
  const made = own && [...madeBy(own).keys()];
  return {
    folder,
    madeBy: first?.generator,
    answers: answersWith(first?.answers ?? {}, before),
    upstreams: [
      ...((first?.answers.upstream as string[] | undefined) ?? []),
      ...additions.filter(({ generator }) => generator === 'stub').map(({ answers }) => String(answers.name)),
    ],
    edited: before.flatMap(editedBy),
    earlier: own && [...own.files.keys()],
    isAgain: own !== undefined,
    isBeside,
    had: (path) => disk.exists(`${folder}/${path}`) && (earlier.has(path) || !made?.includes(path)),
    read,
  };
}

/** Makes edits of files of the package; the function gets the path as messages name it, and the present text. */
export function editsOf({ folder }: Pick<TargetPackage, 'folder'>) {
  return (path: string, apply: (path: string, text: string) => string): Edit => {
    const whole = `${folder}/${path}`;
    return { path: whole, apply: (text) => apply(whole, text) };
  };
}
