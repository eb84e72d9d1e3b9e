import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOf } from '../../../.ci/release/api.ts';
import { compile } from '../../../.ci/release/compile.ts';
import { apiFile, PUBLISHED } from '../../../.ci/release/packages.ts';

let compiled: string;
beforeAll(async () => {
  compiled = await mkdtemp(join(tmpdir(), 'splitlevel-api-'));
  compile(compiled);
});
afterAll(() => rm(compiled, { recursive: true }));

test.each(PUBLISHED)('the public API of %s is the one that its api.txt states', async (name) => {
  const stated = await readFile(apiFile(name), 'utf8');
  expect(apiOf(name, compiled), 'If the change is meant: node .ci/release/main.ts api').toBe(stated);
});
