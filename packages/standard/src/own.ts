import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { RECORD_FILE } from '../../../generators/engine/record.ts';
import type { GeneratedFolder } from './repository.ts';

/** The files of a record that their owner has taken over. */
export function readOwned(record: string): readonly string[] {
  const { owned } = JSON.parse(record) as { owned?: unknown };
  return Array.isArray(owned) ? owned.filter((each) => typeof each === 'string') : [];
}

/** The record with more files taken over; the rest keeps its text. */
export function addOwned(record: string, paths: readonly string[]): string {
  const owned = [...new Set([...readOwned(record), ...paths])].toSorted();
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  return applyEdits(record, modify(record, ['owned'], owned, { formattingOptions }));
}

/**
 * Enters generated files as their owner's in the record of their folder: they are then no departures any more, whatever
 * becomes of them and of their template.
 * @param path a generated file, or a folder: all files in it that differ from what was made or would be made today.
 * @returns how many were entered.
 */
export function takeOver(root: string, path: string, generated: readonly GeneratedFolder[]): number {
  const wanted = path.replace(/^\.\//, '').replace(/\/+$/, '');
  let entered = 0;
  for (const { folder, files, owned } of generated) {
    const paths = files
      .filter(({ made, now, today }) => now !== made || today !== made)
      .map((file) => ({ relative: file.path, full: folder === '.' ? file.path : `${folder}/${file.path}` }))
      .filter(({ relative, full }) => !owned.includes(relative) && (full === wanted || full.startsWith(`${wanted}/`)))
      .map(({ relative }) => relative);
    if (paths.length === 0) continue;
    const record = join(root, folder, RECORD_FILE);
    writeFileSync(record, addOwned(readFileSync(record, 'utf8'), paths));
    entered += paths.length;
  }
  return entered;
}
