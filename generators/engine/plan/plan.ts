import { EXIT, Failure } from '../failure.ts';
import type { Edit, Model } from '../generator.ts';
import { type GenerationRecord, parseRecord, RECORD_FILE, type RunRecord } from '../make/record.ts';
import type { RenderedFile } from '../make/render.ts';
import { decodeText } from '../write/text-file.ts';
import type { Planned } from './planned.ts';

/** The disk as the plan reads it. */
export interface Disk {
  /** The content of a file of the workspace, or undefined when there is none. */
  read(path: string): Buffer | undefined;
  /** Whether anything at all is at this path. */
  exists(path: string): boolean;
}

/**
 * Decides every file's fate. A folder that a generator made from the same answers keeps what its owner did to it.
 * @param files what the generator makes today, formatted, with the record among them; paths relative to the folder.
 * @throws {Failure} (conflict) that names what differs.
 */
export function planFiles(model: Model, files: readonly RenderedFile[], disk: Disk): readonly Planned[] {
  const { folder } = model;
  const edits = (model.edits ?? []).map((edit) => planEdit(edit, disk));
  if (!disk.exists(folder)) {
    const created = files.map(({ path, content }): Planned => {
      return { path: `${folder}/${path}`, fate: 'create', before: undefined, after: content };
    });
    return [...created, ...edits];
  }
  const today = recordIn(files);
  const earlier = readRecord(folder, disk);
  refuseOtherAnswers(folder, earlier, today);
  const planned = files.map(({ path, content }): Planned => {
    const before = disk.read(`${folder}/${path}`);
    const fate = path === RECORD_FILE || before?.equals(content) ? 'unchanged' : 'kept';
    return { path: `${folder}/${path}`, fate, before, after: before };
  });
  refuseOtherTemplate(folder, earlier, today, planned);
  return [...planned, ...edits];
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

/** The record among the files that a generator makes. */
export function recordIn(files: readonly RenderedFile[]): GenerationRecord {
  const record = files.find(({ path }) => path === RECORD_FILE);
  const parsed = record === undefined ? undefined : parseRecord(record.content.toString('utf8'));
  if (parsed === undefined) {
    throw new Error('The files to plan do not have their record among them');
  }
  return parsed;
}

/**
 * The record of a folder.
 * @throws {Failure} (conflict) when it has none.
 */
export function readRecord(folder: string, disk: Disk): GenerationRecord {
  const content = disk.read(`${folder}/${RECORD_FILE}`);
  if (content === undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder} exists and was not made by a generator: it has no ${RECORD_FILE}`,
      'Choose another name, or move it away.',
    );
  }
  const record = parseRecord(content.toString('utf8'));
  if (record === undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder}/${RECORD_FILE} is not a record of a generator`,
      'Restore it from version control, or choose another name.',
    );
  }
  return record;
}

/** @throws {Failure} (conflict) that names the answers that differ. */
export function refuseOtherAnswers(folder: string, earlier: RunRecord, today: RunRecord): void {
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
      `${folder} was made from other answers: ${differences.join('; ')}`,
      'Choose another name, give the same answers again, or change the package by hand.',
    );
  }
}

/** @throws {Failure} (conflict) that names the files that would be others today. */
export function refuseOtherTemplate(
  folder: string,
  earlier: RunRecord,
  today: RunRecord,
  planned: readonly Planned[],
): void {
  const kept = new Set(planned.filter(({ fate }) => fate === 'kept').map(({ path }) => path));
  const changed = [...new Set([...Object.keys(earlier.files), ...Object.keys(today.files)])]
    .filter((path) => earlier.files[path] !== today.files[path])
    .filter((path) => today.files[path] === undefined || kept.has(`${folder}/${path}`));
  if (changed.length > 0) {
    throw new Failure(
      EXIT.conflict,
      `${folder} was made by version ${earlier.version} of ${earlier.generator}; today's ${today.version} makes other files: ${changed.toSorted().join(', ')}`,
      'Bring the changes in by hand: generate under another name and compare.',
    );
  }
}

/** Answers as JSON, so that lists compare by their items; an answer that does not apply is none. */
function show(answer: unknown): string {
  return answer === undefined ? 'none' : JSON.stringify(answer);
}
