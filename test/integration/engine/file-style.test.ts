import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Generator } from '../../../generators/engine/generator.ts';
import { generator as entity } from '../../../generators/entity/generator.ts';
import { generator as fixture } from '../../../generators/fixture/generator.ts';
import { generator as stub } from '../../../generators/stub/generator.ts';
import { generate } from '../../generate.ts';
import { createPricingWorkspace, type PricingWorkspace } from './pricing-workspace.ts';

const MARK = '\uFEFF';
/** Package.json has to be without one: Nx fails on it. */
const isMarked = (path: string) => /\.ts$|tsconfig\.json$|README\.md$/.test(path);
let workspace: PricingWorkspace;
let root: string;

// A package whose owner indents by tabs, saves with a byte order mark where the tools take it, and ends no file with a
// line end.
beforeAll(async () => {
  workspace = await createPricingWorkspace();
  root = workspace.root;
  for (const path of await textsIn('packages/pricing')) {
    const text = await readFile(join(root, path), 'utf8');
    const tabbed = text.replaceAll(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)).trimEnd();
    await writeFile(join(root, path), (isMarked(path) ? MARK : '') + tabbed);
    await chmod(join(root, path), path.endsWith('package.json') ? 0o755 : 0o664);
  }
});
afterAll(() => workspace.remove());

async function textsIn(folder: string): Promise<string[]> {
  return (await workspace.filesIn(folder)).filter((path) => !path.includes('/.splitlevel'));
}

/**
 * The lines of a file that stand in another too, in the same order, each with nothing but a separator or a name more.
 */
function linesKept(before: string, after: string): readonly string[] {
  const rest = after.split('\n');
  return before.split('\n').filter((line) => {
    const place = rest.findIndex((each) => each === line || (line.trim() !== '' && each.startsWith(`${line},`)));
    if (place !== -1) {
      rest.splice(0, place + 1);
    }
    return place !== -1;
  });
}

test.for<[name: string, generator: Generator, answers: Record<string, unknown>, edited: string]>([
  ['a fixture', fixture as Generator, { kind: 'redis', package: 'pricing' }, 'package.json'],
  ['a stub', stub as Generator, { name: 'tax-rates', package: 'pricing' }, 'src/config.ts'],
  ['an entity', entity as Generator, { name: 'fee', package: 'pricing', field: ['amount:integer'] }, 'README.md'],
])('%s leaves each file that it edits its indentation, byte order mark, last line and mode', async (row) => {
  const [, generator, answers, edited] = row;
  const before = new Map<string, string>();
  for (const path of await textsIn('packages/pricing')) {
    before.set(path, await readFile(join(root, path), 'utf8'));
  }
  const mask = process.umask(0o077);
  try {
    expect(await generate(generator, new Map(Object.entries(answers)), root)).toBe('written');
  } finally {
    process.umask(mask);
  }

  const changed: string[] = [];
  for (const [path, text] of before) {
    const now = await readFile(join(root, path), 'utf8');
    if (now === text) {
      continue;
    }
    changed.push(path);
    expect([path, now.startsWith(MARK)]).toEqual([path, isMarked(path)]);
    expect([path, now.slice(1).includes(MARK)]).toEqual([path, false]);
    expect(now, path).not.toMatch(/^\t* {2}(?! ?\*)/m);
    expect([path, now.endsWith('\n')]).toEqual([path, false]);
    expect([path, ((await stat(join(root, path))).mode & 0o777).toString(8)]).toEqual([
      path,
      path.endsWith('package.json') ? '755' : '664',
    ]);
    if (path.endsWith('.json')) {
      expect(linesKept(text, now), path).toEqual(text.split('\n'));
    }
  }
  expect(changed).toContain(`packages/pricing/${edited}`);
  expect(await generate(generator, new Map(Object.entries(answers)), root)).toBe('unchanged');
});

test('a package.json with a byte order mark is named, since Nx fails on it', async () => {
  const path = join(root, 'packages/pricing/package.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, MARK + text);
  const answers = new Map(Object.entries({ kind: 'redis', package: 'pricing' }));
  await expect(generate(fixture as Generator, answers, root)).rejects.toMatchObject({
    exitCode: 3,
    message: `${path} begins with a byte order mark (U+FEFF), at which Nx fails for the whole workspace, though npm reads it`,
  });
  await writeFile(path, text);
});
