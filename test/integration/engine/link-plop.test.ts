import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const BIN = 'packages/splitlevel/bin';
let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-link-')));
  await mkdir(join(root, BIN), { recursive: true });
  for (const name of ['splitlevel.js', 'link-plop.js']) {
    await cp(join(import.meta.dirname, '../../..', BIN, name), join(root, BIN, name));
  }
  // Plop and its command, as npm installs them.
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true });
  await mkdir(join(root, 'node_modules/plop/bin'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{ "type": "module" }\n');
  await writeFile(join(root, 'node_modules/plop/package.json'), '{ "type": "module" }\n');
  const plop = "#!/usr/bin/env node\nconsole.log('Plop', ...process.argv.slice(2));\nprocess.exitCode = 0;\n";
  await writeFile(join(root, 'node_modules/plop/bin/plop.js'), plop, { mode: 0o755 });
  await symlink('../plop/bin/plop.js', join(root, 'node_modules/.bin/plop'));
});
afterEach(async () => rm(root, { recursive: true }));

const run = (program: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(join(root, program), args, { encoding: 'utf8' });
  return { status, stdout, stderr };
};
const link = () => spawnSync(process.execPath, [join(root, BIN, 'link-plop.js')], { cwd: root, encoding: 'utf8' });

test('after an installation npx plop starts splitlevel.js', async () => {
  expect(link()).toMatchObject({ status: 0, stderr: '' });
  expect(run('node_modules/.bin/plop', '--help')).toEqual({ status: 0, stdout: 'Plop --help help\n', stderr: '' });
});

test('a splitlevel.js with CRLF line ends, which cannot be started, leaves npx plop to Plop, and says so', async () => {
  // Also where an earlier installation has put splitlevel.js there.
  link();
  const path = join(root, BIN, 'splitlevel.js');
  await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
  expect(link()).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(
      /^plop stays Plop's own command: packages\/splitlevel\/bin\/splitlevel\.js has CRLF line ends, .*, then install again\.\n$/,
    ),
  });
  expect(run('node_modules/.bin/plop', '--help')).toEqual({ status: 0, stdout: 'Plop --help\n', stderr: '' });
});
