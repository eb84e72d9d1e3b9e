import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runVitest } from '@splitlevel/guards/run-vitest';
import { type Evidence, evidenceFile } from '../../src/evidence/evidence.ts';

/** Runs the test files of a package in this folder, and reads the evidence that they leave. */
export async function evidenceOf(name: string): Promise<{ evidence: Evidence; text: string }> {
  const folder = join(import.meta.dirname, name);
  const { output } = await runVitest(join(import.meta.dirname, 'vitest.config.ts'), [
    join(folder, `${name}.fixture.ts`),
  ]);
  const file = join(import.meta.dirname, '../../../..', evidenceFile(`evidence-of-${name}`));
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`There is no evidence of this run:\n${output}`, { cause });
  });
  return { evidence: JSON.parse(text) as Evidence, text };
}
