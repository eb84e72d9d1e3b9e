import { Failure } from '../failure.ts';
import type { Edit } from '../generator.ts';
import type { RenderedFile } from '../make/render.ts';
import type { GeneratedFile } from '../record/base-file.ts';
import type { Planned } from './planned.ts';

/** Formats files as they would be in a folder of the workspace. */
export type Format = (folder: string, files: readonly RenderedFile[]) => readonly RenderedFile[];

/**
 * The edited files of a folder as they would be if their owner had changed nothing: the edits, made to what was generated.
 * A file that no generator made is its owner's, and one in which the edit finds no place stays as it was generated.
 * @param edited the same edits, planned for the files as they are.
 * @param base every file as it was generated before, by path in the folder.
 */
export function generatedEdits(
  folder: string,
  edits: readonly Edit[],
  edited: readonly Planned[],
  base: ReadonlyMap<string, Buffer>,
  format: Format,
): readonly (readonly [string, GeneratedFile])[] {
  const planned = new Map(edited.map((each) => [each.path, each]));
  const ready: [string, GeneratedFile][] = [];
  const raw: { path: string; content: Buffer }[] = [];
  for (const edit of edits.filter(({ path }) => path.startsWith(`${folder}/`))) {
    const path = edit.path.slice(folder.length + 1);
    const before = base.get(path);
    const { before: present, after } = planned.get(edit.path) ?? {};
    if (before === undefined) {
      continue;
    }
    if (present?.equals(before) && after !== undefined) {
      ready.push([path, { fate: 'edited', content: after }]);
    } else {
      raw.push({ path, content: applied(edit, before) });
    }
  }
  const formatted = raw.length === 0 ? [] : format(folder, raw);
  return [...ready, ...formatted.map(({ path, content }) => [path, { fate: 'edited', content }] as const)];
}

function applied(edit: Edit, before: Buffer): Buffer {
  try {
    return Buffer.from(edit.apply(before.toString('utf8')));
  } catch (error) {
    if (error instanceof Failure) {
      return before;
    }
    throw error;
  }
}
