import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, Left, TestEvidence } from '@splitlevel/testkit/evidence';

/** Writes what each failed test left in its servers to a file of `left/` of the folder, to be read by people. */
export function writeLeft(folder: string): void {
  const documents = globSync('evidence/*.json', { cwd: folder })
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Evidence);
  const texts = documents.flatMap(({ tests }) => tests.flatMap(describeLeft));
  if (texts.length === 0) {
    return;
  }
  mkdirSync(join(folder, 'left'), { recursive: true });
  for (const [index, text] of texts.entries()) {
    writeFileSync(join(folder, 'left', `${index + 1}.txt`), text);
  }
}

/** The text about a test; none for a test that passed or left nothing. */
export function describeLeft({ name, file, state, fixtures }: TestEvidence): string[] {
  if (state !== 'failed') {
    return [];
  }
  const parts = Object.entries(fixtures).flatMap(([fixture, { kind, left }]) =>
    left.map((part) => `${fixture} (${kind}), ${describePart(part)}`),
  );
  return parts.length === 0 ? [] : [`${name}\n${file}\n\n${parts.join('\n')}`];
}

function describePart({ name, lines, isCut }: Left): string {
  return [`${name}:`, ...lines, ...(isCut ? ['… and more'] : []), ''].join('\n');
}
