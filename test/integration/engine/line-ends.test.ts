import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Generator } from '../../../generators/engine/generator.ts';
import { hasCrlf } from '../../../generators/engine/write/line-ends.ts';
import { generator as entity } from '../../../generators/entity/generator.ts';
import { generator as fixture } from '../../../generators/fixture/generator.ts';
import { generator as stub } from '../../../generators/stub/generator.ts';
import { generate } from '../../generate.ts';
import { createPricingWorkspace, type PricingWorkspace } from './pricing-workspace.ts';

let workspace: PricingWorkspace;
let root: string;
// A working tree as git checks it out with core.autocrlf where no .gitattributes speaks of line ends.
beforeAll(async () => {
  workspace = await createPricingWorkspace();
  root = workspace.root;
  for (const path of await workspace.filesIn('.')) {
    await writeFile(join(root, path), (await readFile(join(root, path), 'utf8')).replaceAll('\n', '\r\n'));
  }
});
afterAll(() => workspace.remove());

test.for<[name: string, generator: Generator, answers: Record<string, unknown>, edited: string]>([
  ['a stub', stub as Generator, { name: 'tax-rates', package: 'pricing' }, 'src/config.ts'],
  ['a fixture', fixture as Generator, { kind: 'redis', package: 'pricing' }, 'package.json'],
  ['an entity', entity as Generator, { name: 'fee', package: 'pricing', field: ['amount:integer'] }, 'src/parts.ts'],
])(
  '%s that is added to a working tree with CRLF keeps the line ends of what it edits',
  async ([, generator, answers, edited]) => {
    const before = new Map<string, Buffer>();
    for (const path of await workspace.filesIn('packages/pricing')) {
      before.set(path, await readFile(join(root, path)));
    }
    expect(await generate(generator, new Map(Object.entries(answers)), root)).toBe('written');

    const changed: string[] = [];
    for (const [path, content] of before) {
      const now = await readFile(join(root, path));
      if (now.equals(content)) {
        continue;
      }
      changed.push(path);
      expect([path, hasCrlf(now)]).toEqual([path, hasCrlf(content)]);
    }
    expect(changed).toContain(`packages/pricing/${edited}`);
    expect(changed.length).toBeLessThan(12);
    expect(await generate(generator, new Map(Object.entries(answers)), root)).toBe('unchanged');
  },
);
