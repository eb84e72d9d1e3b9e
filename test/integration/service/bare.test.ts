import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generator } from '../../../generators/service/generator.ts';
import { generate } from '../../generate.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

/** The files of a new service by path. */
async function textsOf(given: Record<string, unknown>): Promise<Map<string, string>> {
  await generate(generator, new Map(Object.entries(given)), workspace.root);
  const folder = join(workspace.root, `packages/${given.name}`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

/** The words of a text: its lines break elsewhere where a list is shorter. */
const wordsOf = (text: string) => new Set(text.match(/\w+/g));

// The lines of the sample are those of lists, so that whole files and lines of lists can be deleted.
test.for([
  ['postgres', ['src/database.ts']],
  ['mariadb', ['src/database.ts']],
  ['none', []],
] as const)(
  'without a sample a service has less, and nothing else, with the database %s',
  async ([database, other]) => {
    const whole = await textsOf({ name: `whole-${database}`, database, entity: 'parcel' });
    const bare = await textsOf({ name: `whole-${database}-bare`, database, entity: 'none' });
    const more = [...bare].filter(([path, text]) => {
      const words = wordsOf(whole.get(path) ?? '');
      return [...wordsOf(text.replaceAll(`whole-${database}-bare`, `whole-${database}`))].some(
        (word) => !words.has(word),
      );
    });
    expect(more.map(([path]) => path).filter((path) => !path.startsWith('.splitlevel/'))).toEqual(other);
    expect([...whole.keys()].length).toBeGreaterThan(bare.size);
  },
);
