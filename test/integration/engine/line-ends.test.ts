import { cp, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Generator } from '../../../generators/engine/generator.ts';
import { hasCrlf } from '../../../generators/engine/line-ends.ts';
import { generator as entity } from '../../../generators/entity/generator.ts';
import { generator as fixture } from '../../../generators/fixture/generator.ts';
import { generator as stub } from '../../../generators/stub/generator.ts';
import { generate } from '../../generate.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';

let root: string;
// A working tree as git checks it out with core.autocrlf where no .gitattributes speaks of line ends.
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-crlf-')));
  for (const path of ['package.json', 'biome.json', 'images.json', 'templates', 'packages/pricing'])
    await cp(join(repositoryRoot, path), join(root, path), { recursive: true });
  await symlink(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  for (const path of await textsIn('.')) {
    await writeFile(join(root, path), (await readFile(join(root, path), 'utf8')).replaceAll('\n', '\r\n'));
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function textsIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'));
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
}

test.for<[name: string, generator: Generator, answers: Record<string, unknown>, edited: string]>([
  ['a stub', stub as Generator, { name: 'tax-rates', package: 'pricing' }, 'src/config.ts'],
  ['a fixture', fixture as Generator, { kind: 'redis', package: 'pricing' }, 'package.json'],
  ['an entity', entity as Generator, { name: 'fee', package: 'pricing', field: ['amount:integer'] }, 'src/parts.ts'],
])(
  '%s that is added to a working tree with CRLF keeps the line ends of what it edits',
  async ([, generator, answers, edited]) => {
    const before = new Map<string, Buffer>();
    for (const path of await textsIn('packages/pricing')) before.set(path, await readFile(join(root, path)));
    expect(await generate(generator, new Map(Object.entries(answers)), root)).toBe('written');

    const changed: string[] = [];
    for (const [path, content] of before) {
      const now = await readFile(join(root, path));
      if (now.equals(content)) continue;
      changed.push(path);
      expect([path, hasCrlf(now)]).toEqual([path, hasCrlf(content)]);
    }
    expect(changed).toContain(`packages/pricing/${edited}`);
    expect(changed.length).toBeLessThan(12);
    expect(await generate(generator, new Map(Object.entries(answers)), root)).toBe('unchanged');
  },
);
