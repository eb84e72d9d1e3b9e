import { EXIT, Failure } from '../failure.ts';
import type { Addition } from '../generator.ts';
import type { Made } from '../make/make.ts';
import type { RenderedFile } from '../make/render.ts';
import type { GeneratedFile } from '../record/base-file.ts';
import { baseOf } from '../record/base-of.ts';
import { readRecord } from '../record/read-record.ts';
import { recordFiles } from '../record/record-files.ts';
import type { RunRecord } from '../record/run-record.ts';
import type { Disk } from './disk.ts';
import { type Format, generatedEdits } from './generated-edits.ts';
import { planAgain, planEdit, planNewFiles, refuseOtherAnswers, refuseOtherTemplate } from './plan.ts';
import type { Planned } from './planned.ts';

/**
 * Decides the fate of every file of an addition to a folder. One that the folder's record has already is not made again:
 * what its owner did to the files, those that were edited among them, stays.
 * @param made what the generator makes today.
 * @throws {Failure} (conflict) when the folder was not made by a generator, when a file is there already, when a file to
 * edit or to replace is not as expected, or when the addition was made from other answers or another template.
 */
export function planAddition(
  { model, files, run }: Made,
  { by, replaces = [] }: Addition,
  disk: Disk,
  format: Format,
): readonly Planned[] {
  const { folder, edits = [] } = model;
  const runs = readRecord(folder, disk);
  const replaced = new Map(replaces.map(({ path, content }) => [path, content]));
  const added = files.filter(({ path, content }) => !replaced.get(path)?.equals(content));
  const earlier = runs.find(({ generator, answers }) => generator === run.generator && answers[by] === run.answers[by]);
  if (earlier !== undefined) {
    refuseOtherAnswers(`The ${run.generator} ${run.answers[by]} of ${folder}`, folder, earlier, run);
    const planned = planAgain(folder, added, disk);
    refuseOtherTemplate(folder, earlier, run, added, planned);
    return planned;
  }
  const created = added.filter(({ path }) => !replaced.has(path)).map((file) => planFile(folder, file, runs, disk));
  const edited = keepLayout(
    edits.map((edit) => planEdit(edit, disk)),
    format,
  );
  const anew = new Map(files.map(({ path, content }) => [path, content]));
  const remade = replaces
    .filter(({ path, content }) => !anew.get(path)?.equals(content))
    .filter(({ path }) => !edits.some((edit) => edit.path === `${folder}/${path}`));
  const generated = new Map<string, GeneratedFile>([
    ...added
      .filter(({ path }) => !replaced.has(path))
      .map(({ path, content }) => [path, { fate: 'made', content }] as const),
    ...remade.map(({ path }) => [path, remadeFile(anew.get(path))] as const),
    ...generatedEdits(folder, edits, edited, baseOf(runs), format),
  ]);
  return [
    ...created,
    ...remade.flatMap((file) => planReplacement(folder, file, anew.get(file.path), disk)),
    ...edited,
    ...planNewFiles(folder, recordFiles(run, generated)),
  ];
}

function remadeFile(content: Buffer | undefined): GeneratedFile {
  return content === undefined ? { fate: 'removed', content: Buffer.alloc(0) } : { fate: 'edited', content };
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
function planFile(folder: string, { path, content }: RenderedFile, runs: readonly RunRecord[], disk: Disk): Planned {
  const whole = `${folder}/${path}`;
  if (!disk.exists(whole)) {
    return { path: whole, fate: 'create', before: undefined, after: content };
  }
  const before = disk.read(whole);
  if (before?.equals(content) || runs.some(({ files }) => files.get(path)?.content.equals(content))) {
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
