import { createHash } from 'node:crypto';
import type { GeneratedFile } from '../generators/engine/record/base-file.ts';
import { recordFiles } from '../generators/engine/record/record-files.ts';
import { lastOf, newRunId, printRun, type RunFacts, type RunRecord } from '../generators/engine/record/run-record.ts';
import type { EarlierPackage, EarlierRun, EarlierState } from './history/earlier-states.ts';

/**
 * The record that today's engine would have written had it made a package of an earlier state.
 * @returns the files of `.splitlevel/`, by path in the package.
 */
export function recordOf(
  { runs }: Pick<EarlierPackage, 'runs'>,
  { name, date, version }: Pick<EarlierState, 'name' | 'date' | 'version'>,
): ReadonlyMap<string, Buffer> {
  const templates = createHash('sha256').update(`${date}\0${name}`).digest('hex').slice(0, 16);
  const recorded: RunRecord[] = [];
  const files = runs.flatMap(({ generator, answers, files }) => {
    const facts: RunFacts = { generator, version, templates, answers, after: lastOf(recorded) };
    const by = recorded.length === 0 ? undefined : (answers.name ?? answers.kind);
    const run = { id: newRunId(recorded, generator, by), ...facts, files: generatedFiles(files, recorded) };
    recorded.push(run);
    return recordFiles({ ...run, text: formatted(printRun(facts)) }, run.files);
  });
  return new Map(files.map(({ path, content }) => [path, content]));
}

function generatedFiles(files: EarlierRun['files'], before: readonly RunRecord[]): ReadonlyMap<string, GeneratedFile> {
  const isThere = (path: string) => before.some((run) => run.files.has(path));
  return new Map(
    [...files].map(([path, file]): [string, GeneratedFile] => {
      if (file === undefined) {
        return [path, { fate: 'removed', content: Buffer.alloc(0) }];
      }
      return [path, { fate: isThere(path) ? 'edited' : 'made', content: file.content }];
    }),
  );
}

/** Short lists stand on one line, as Biome has them. */
function formatted(text: string): string {
  return text.replaceAll(/\[\s+([^\]]*?)\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s*\n\s*/g, ' ')}]`);
}
