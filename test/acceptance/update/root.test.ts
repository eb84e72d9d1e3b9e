import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

let workspace: ScratchWorkspace;
let shop: string;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
  shop = `${workspace.root}-shop`;
  await plop('.', 'workspace', shop, '--scope', '@shop');
  await shell('ln -s "$ROOT/node_modules" node_modules && echo /node_modules >> .git/info/exclude');
}, 120_000);
afterAll(async () => {
  await workspace?.remove();
  await rm(shop, { recursive: true, force: true });
});

function plop(folder: string, ...args: readonly string[]) {
  const script = 'cd "$FOLDER" && INIT_CWD=$PWD exec plop "$@" --yes --no-install';
  return workspace.run('bash', ['-c', script, 'plop', ...args], { environment: { FOLDER: folder } });
}

async function shell(script: string): Promise<string> {
  const environment = { SHOP: shop, ROOT: workspace.root, GIT_AUTHOR_NAME: 'A', GIT_COMMITTER_NAME: 'A' };
  const emails = { GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_EMAIL: 'a@example.org' };
  const { code, stdout, stderr } = await workspace.run('bash', ['-ec', `cd "$SHOP" && ${script}`], {
    environment: { ...environment, ...emails },
  });
  expect(code, stderr).toBe(0);
  return stdout;
}

const update = (...args: readonly string[]) => plop(shop, 'update', ...args);

test('the repository’s own files follow their templates, and the team’s edits stay', { timeout: 120_000 }, async () => {
  expect(await update('--package', 'workspace')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Unchanged'),
  });

  // A template that is replaced is a newer one; the team has edited one file beside it, and the keys of another.
  await shell(`
    mkdir -p templates/workspace/base
    sed 's/^indent_size = .*/indent_size = 3/' .editorconfig > templates/workspace/base/dot-editorconfig
    echo '# ours' >> .editorconfig
    node -e "
      const fs = require('fs');
      const template = JSON.parse(fs.readFileSync('images.json', 'utf8'));
      fs.writeFileSync('templates/workspace/base/images.json', JSON.stringify({ ...template, postgres: 'postgres:99' }));
      fs.writeFileSync('images.json', JSON.stringify({ ...template, ours: 'ours:1' }, undefined, 2));
    "
    git add --all && git commit --quiet -m 'Replace templates'
  `);
  const { code, stdout, stderr } = await update('--all');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toContain('  edit  .editorconfig\n');
  expect(stdout).toContain('  edit  images.json\n');
  expect(stdout).toContain('Wrote the repository’s own files.');
  const settings = await shell('cat .editorconfig');
  expect(settings).toContain('indent_size = 3');
  expect(settings).toContain('# ours');
  expect(JSON.parse(await shell('cat images.json'))).toMatchObject({ postgres: 'postgres:99', ours: 'ours:1' });
  await shell("git add --all && git commit --quiet -m 'Update'");
  expect(await update('--all')).toMatchObject({ code: 0, stdout: expect.stringContaining('Unchanged') });
});

test('they are named as the root’s project', { timeout: 60_000 }, async () => {
  const { code, stderr } = await update('--package', basename(shop));
  expect(code).toBe(2);
  expect(stderr).toContain(`--package: there is no package "${basename(shop)}"; there are: workspace\n`);
});
