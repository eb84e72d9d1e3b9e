import { EXIT, Failure } from '../failure.ts';
import type { Addition, Model } from '../generator.ts';
import { type GenerationRecord, hashOf, RECORD_FILE, type RunRecord, withAddition } from '../make/record.ts';
import type { RenderedFile } from '../make/render.ts';
import { type Disk, planEdit, readRecord, recordIn, refuseOtherAnswers, refuseOtherTemplate } from './plan.ts';
import type { Planned } from './planned.ts';

/** Formats files as they would be in a folder of the workspace. */
type Format = (folder: string, files: readonly RenderedFile[]) => readonly RenderedFile[];

/**
 * Decides the fate of every file of an addition to a folder. One that the folder's record has already is not made again:
 * what its owner did to the files, those that were edited among them, stays.
 * @param files what the generator makes today, formatted, with the record of the run among them; paths relative to the folder.
 * @throws {Failure} (conflict) when the folder was not made by a generator, when a file is there already, when a file to
 * edit or to replace is not as expected, or when the addition was made from other answers or another template.
 */
export function planAddition(
  model: Model,
  { by, replaces = [] }: Addition,
  files: readonly RenderedFile[],
  disk: Disk,
  format: Format,
): readonly Planned[] {
  const { folder, edits = [] } = model;
  const record = readRecord(folder, disk);
  const replaced = new Map(replaces.map(({ path, content }) => [path, content]));
  const added = files.filter(({ path, content }) => path !== RECORD_FILE && !replaced.get(path)?.equals(content));
  const today = withFiles(recordIn(files), added);
  const earlier = record.additions?.find(({ generator, answers }) => {
    return generator === today.generator && answers[by] === today.answers[by];
  });
  if (earlier !== undefined) {
    refuseOtherAnswers(`The ${today.generator} ${today.answers[by]} of ${folder}`, earlier, today);
    const planned = added.map(({ path, content }): Planned => {
      const before = disk.read(`${folder}/${path}`);
      return { path: `${folder}/${path}`, fate: before?.equals(content) ? 'unchanged' : 'kept', before, after: before };
    });
    refuseOtherTemplate(folder, earlier, today, planned);
    return planned;
  }
  const created = added.filter(({ path }) => !replaced.has(path)).map((file) => planFile(folder, file, record, disk));
  const edited = keepLayout(
    edits.map((edit) => planEdit(edit, disk)),
    format,
  );
  const made = new Map(files.map(({ path, content }) => [path, content]));
  const anew = replaces
    .filter(({ path, content }) => !made.get(path)?.equals(content))
    .filter(({ path }) => !edits.some((edit) => edit.path === `${folder}/${path}`))
    .flatMap((file) => planReplacement(folder, file, made.get(file.path), disk));
  const own = [...edited, ...anew].map(({ path }) => path.slice(folder.length + 1)).toSorted();
  return [...created, ...anew, ...edited, planRecord(folder, record, { ...today, edits: own }, disk, format)];
}

/** The record of a run with the hashes of some of its files. */
function withFiles(run: RunRecord, files: readonly RenderedFile[]): RunRecord {
  return { ...run, files: Object.fromEntries(files.map(({ path, content }) => [path, hashOf(content)])) };
}

/**
 * The fate of a file that is made anew; nothing where it was deleted.
 * @param after undefined where it is no longer made.
 * @throws {Failure} (conflict) when it is not as it was made.
 */
function planReplacement(
  folder: string,
  { path, content }: RenderedFile,
  after: Buffer | undefined,
  disk: Disk,
): readonly Planned[] {
  const whole = `${folder}/${path}`;
  if (!disk.exists(whole)) {
    return [];
  }
  const before = disk.read(whole);
  if (before?.equals(content)) {
    return [{ path: whole, fate: after === undefined ? 'remove' : 'edit', before, after }];
  }
  throw new Failure(
    EXIT.conflict,
    `${whole} is to be replaced, but is not as it was made`,
    'Nothing was written. Restore it and run again.',
  );
}

/** A file that several additions have in common is made by the first, and is its owner's then. */
function planFile(folder: string, { path, content }: RenderedFile, record: GenerationRecord, disk: Disk): Planned {
  const whole = `${folder}/${path}`;
  if (!disk.exists(whole)) {
    return { path: whole, fate: 'create', before: undefined, after: content };
  }
  const before = disk.read(whole);
  const runs: readonly RunRecord[] = [record, ...(record.additions ?? [])];
  if (before?.equals(content) || runs.some(({ files }) => files[path] === hashOf(content))) {
    return { path: whole, fate: before?.equals(content) ? 'unchanged' : 'kept', before, after: before };
  }
  throw new Failure(
    EXIT.conflict,
    `${whole} is there already, and is not what would be made`,
    'Nothing was written. Choose another name, or move the file away.',
  );
}

/** Formats what was edited where it was formatted before; elsewhere the layout is the owner's own. */
function keepLayout(planned: readonly Planned[], format: Format): readonly Planned[] {
  const edited = planned.filter(({ fate }) => fate === 'edit');
  const before = formatAll(edited, 'before', format);
  const tidy = edited.filter((each) => before.get(each.path)?.equals(each.before ?? Buffer.alloc(0)));
  const after = formatAll(tidy, 'after', format);
  return planned.map((each) => ({ ...each, after: after.get(each.path) ?? each.after }));
}

function formatAll(planned: readonly Planned[], state: 'before' | 'after', format: Format): Map<string, Buffer> {
  const files = planned.map((each) => ({ path: each.path, content: each[state] ?? Buffer.alloc(0) }));
  const formatted = files.length === 0 ? [] : format('.', files);
  return new Map(formatted.map(({ path, content }) => [path, content]));
}

function planRecord(
  folder: string,
  record: GenerationRecord,
  addition: Parameters<typeof withAddition>[1],
  disk: Disk,
  format: Format,
): Planned {
  const draft = { path: RECORD_FILE, content: Buffer.from(withAddition(record, addition)) };
  const [file] = format(folder, [draft]);
  const path = `${folder}/${RECORD_FILE}`;
  return { path, fate: 'edit', before: disk.read(path), after: file?.content };
}
