import { EXIT, Failure } from '../failure.ts';
import type { Edit } from '../generator.ts';
import type { Made } from '../make/make.ts';
import type { RenderedFile } from '../make/render.ts';
import type { GeneratedFile } from '../record/base-file.ts';
import { madeBy } from '../record/base-of.ts';
import { readRecord } from '../record/read-record.ts';
import { recordFiles } from '../record/record-files.ts';
import type { NewRun, RunFacts, RunRecord } from '../record/run-record.ts';
import { decodeText } from '../write/text-file.ts';
import type { Disk } from './disk.ts';
import type { Planned } from './planned.ts';

/**
 * Decides every file's fate. A folder that a generator made from the same answers keeps what its owner did to it.
 * @param made what the generator makes today.
 * @throws {Failure} (conflict) that names what differs.
 */
export function planFiles({ model, files, run }: Made, disk: Disk): readonly Planned[] {
  const { folder } = model;
  const edits = (model.edits ?? []).map((edit) => planEdit(edit, disk));
  if (!disk.exists(folder)) {
    const generated = new Map(
      files.map(({ path, content }): [string, GeneratedFile] => [path, { fate: 'made', content }]),
    );
    return [...planNewFiles(folder, [...files, ...recordFiles(run, generated)]), ...edits];
  }
  const [earlier] = readRecord(folder, disk);
  refuseOtherAnswers(folder, folder, earlier, run);
  const planned = planAgain(folder, files, disk);
  refuseOtherTemplate(folder, earlier, run, files, planned);
  return [...planned, ...edits];
}

/** The fate of files where nothing is. */
export function planNewFiles(folder: string, files: readonly RenderedFile[]): readonly Planned[] {
  return files.map(({ path, content }) => ({
    path: `${folder}/${path}`,
    fate: 'create',
    before: undefined,
    after: content,
  }));
}

/** The fate of files that were made before: each stays as it is. */
export function planAgain(folder: string, files: readonly RenderedFile[], disk: Disk): readonly Planned[] {
  return files.map(({ path, content }): Planned => {
    const before = disk.read(`${folder}/${path}`);
    return { path: `${folder}/${path}`, fate: before?.equals(content) ? 'unchanged' : 'kept', before, after: before };
  });
}

/**
 * The fate of a file that is edited. A byte order mark stays.
 * @throws {Failure} (conflict) when it is not there, or is not as the edit expects it.
 */
export function planEdit(edit: Edit, disk: Disk): Planned {
  const before = disk.read(edit.path);
  if (before === undefined) {
    throw new Failure(EXIT.conflict, `${edit.path} is to be edited, but is not there`, 'Restore it and run again.');
  }
  const { mark, text } = decodeText(edit.path, before);
  const after = Buffer.from(mark + edit.apply(text));
  return { path: edit.path, fate: after.equals(before) ? 'unchanged' : 'edit', before, after };
}

/** @throws {Failure} (conflict) that names the answers that differ. */
export function refuseOtherAnswers(what: string, folder: string, earlier: RunFacts, today: RunFacts): void {
  const names = [...new Set([...Object.keys(earlier.answers), ...Object.keys(today.answers)])].toSorted();
  const differences = names
    .map((name) => [name, show(earlier.answers[name]), show(today.answers[name])] as const)
    .filter(([, before, after]) => before !== after)
    .map(([name, before, after]) => `${name} was ${before} and is now ${after}`);
  if (earlier.generator !== today.generator) {
    differences.unshift(`the generator was ${earlier.generator} and is now ${today.generator}`);
  }
  if (differences.length > 0) {
    throw new Failure(
      EXIT.conflict,
      `${what} was made from other answers: ${differences.join('; ')}`,
      earlier.generator === today.generator
        ? `Choose another name, or change it: npx plop update --package ${nameOf(folder)} --set OPTION=VALUE`
        : 'Choose another name.',
    );
  }
}

/** @throws {Failure} (conflict) that names the files that would be others today. */
export function refuseOtherTemplate(
  folder: string,
  earlier: RunRecord,
  { version }: NewRun,
  files: readonly RenderedFile[],
  planned: readonly Planned[],
): void {
  const made = madeBy(earlier);
  const today = new Map(files.map(({ path, content }) => [path, content]));
  const kept = new Set(planned.filter(({ fate }) => fate === 'kept').map(({ path }) => path));
  const changed = [...new Set([...made.keys(), ...today.keys()])].filter((path) => {
    const [then, now] = [earlier.files.get(path)?.content, today.get(path)];
    return now === undefined || (kept.has(`${folder}/${path}`) && !(then?.equals(now) ?? false));
  });
  if (changed.length > 0) {
    throw new Failure(
      EXIT.conflict,
      `${folder} was made by version ${earlier.version} of ${earlier.generator}; today's ${version} makes other files: ${changed.toSorted().join(', ')}`,
      `Bring the changes in: npx plop update --package ${nameOf(folder)}`,
    );
  }
}

/** A generated package is named as its folder. */
function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

/** Answers as JSON, so that lists compare by their items; an answer that does not apply is none. */
function show(answer: unknown): string {
  return answer === undefined ? 'none' : JSON.stringify(answer);
}
