import type { Edit } from '../generator.ts';
import type { Made } from '../make/make.ts';
import type { RenderedFile } from '../make/render.ts';
import type { GeneratedFile } from '../record/base-file.ts';
import { recordFiles } from '../record/record-files.ts';
import { printRun } from '../record/run-record.ts';
import type { Disk } from './disk.ts';

/** For tests: the folder in which files are planned. */
export const FOLDER = 'packages/orders';

/** For tests: what a generator made. */
export function made(
  texts: Readonly<Record<string, string>>,
  { generator = 'service', answers = { name: 'orders' }, version = '1.0.0', edits = [] }: MadeSettings = {},
): Made {
  const facts = {
    generator,
    version,
    templates: 'a hash',
    answers,
    after: generator === 'service' ? [] : ['1-service'],
  };
  const id = generator === 'service' ? '1-service' : `2-${generator}`;
  return {
    model: { folder: FOLDER, layers: [], edits },
    files: Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text) })),
    run: { id, ...facts, text: printRun(facts) },
  };
}

interface MadeSettings {
  readonly generator?: string;
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly version?: string;
  readonly edits?: readonly Edit[];
}

/** For tests: what a run leaves in its folder, by path in it. */
export function written({ files, run }: Made): Readonly<Record<string, string>> {
  const generated = new Map(
    files.map(({ path, content }): [string, GeneratedFile] => [path, { fate: 'made', content }]),
  );
  const all: readonly RenderedFile[] = [...files, ...recordFiles(run, generated)];
  return Object.fromEntries(all.map(({ path, content }) => [path, String(content)]));
}

/** For tests: a disk with these files, by path in the workspace. */
export function diskWith(files: Readonly<Record<string, string | undefined>>): Disk {
  const there = Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [path]));
  return {
    exists: (path) => there.some((each) => each === path || each.startsWith(`${path}/`)),
    read: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    names: (folder) => {
      const below = there.filter((each) => each.startsWith(`${folder}/`)).map((each) => each.slice(folder.length + 1));
      return [...new Set(below.map((each) => each.split('/')[0] as string))].toSorted();
    },
  };
}
