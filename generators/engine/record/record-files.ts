import type { RenderedFile } from '../make/render.ts';
import { type GeneratedFile, printBase } from './base-file.ts';
import { baseFile, type NewRun, runFile } from './run-record.ts';

/** The two files that record a run, by their paths in its folder. */
export function recordFiles({ id, text }: NewRun, files: ReadonlyMap<string, GeneratedFile>): readonly RenderedFile[] {
  return [
    { path: baseFile(id), content: Buffer.from(printBase(files)) },
    { path: runFile(id), content: Buffer.from(text) },
  ];
}
