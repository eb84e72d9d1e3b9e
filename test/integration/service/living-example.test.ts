import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { createScratchWorkspace, repositoryRoot } from '../../scratch-workspace.ts';

/** What is in the example of a workspace, by path. */
async function example(root: string): Promise<Record<string, string>> {
  const folder = join(root, 'packages/pricing');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  const texts = paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')]);
  return Object.fromEntries(await Promise.all(texts));
}

test('the example is, to the byte, what the generator makes today', { timeout: 60_000 }, async () => {
  const committed = await example(repositoryRoot);
  const { answers } = JSON.parse(committed['.splitlevel.json'] ?? 'null');
  const workspace = await createScratchWorkspace();
  try {
    await workspace.write('answers.json', JSON.stringify(answers));
    const { code, stderr } = await workspace.run('plop', ['service', '--answers', 'answers.json', '--no-install']);
    expect(code, stderr).toBe(0);
    expect(await example(workspace.root)).toEqual(committed);
  } finally {
    await workspace.remove();
  }
});
