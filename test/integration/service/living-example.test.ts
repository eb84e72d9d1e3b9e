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

const RUN = '.splitlevel/runs/1-service.json';

function withoutHash(run: string | undefined): string {
  return (run ?? '').replace(/"templates": "[0-9a-f]{16}"/, '"templates": "a hash"');
}

test('the example is, to the byte, what the generator makes today', { timeout: 60_000 }, async () => {
  const committed = await example(repositoryRoot);
  const { answers } = JSON.parse(committed[RUN] ?? 'null');
  const workspace = await createScratchWorkspace();
  try {
    await workspace.write('answers.json', JSON.stringify(answers));
    const { code, stderr } = await workspace.run('plop', ['service', '--answers', 'answers.json', '--no-install']);
    expect(code, stderr).toBe(0);
    const made = await example(workspace.root);
    // Which of the generators and templates changed since matters to no file of it.
    expect({ ...made, [RUN]: withoutHash(made[RUN]) }).toEqual({ ...committed, [RUN]: withoutHash(committed[RUN]) });
  } finally {
    await workspace.remove();
  }
});
