import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { report } from '../src/report.ts';
import { reportsFolder, runNx } from '../src/run-nx.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-run-nx-')));
  await mkdir(join(root, 'node_modules/nx/dist/bin'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

/** A stand-in for Nx that does, at its first start, its second and so on, what each of the scripts says. */
async function runWith(...scripts: string[]) {
  const script = `
    const { appendFileSync, readFileSync } = require('node:fs');
    appendFileSync('starts', '.');
    ${JSON.stringify(scripts)}.map((text) => () => eval(text))[readFileSync('starts', 'utf8').length - 1]();
  `;
  await writeFile(join(root, 'node_modules/nx/dist/bin/nx.js'), script);
  const code = await runNx('quick', ['affected'], root, {});
  const starts = (await readFile(join(root, 'starts'), 'utf8')).length;
  return { code, starts, log: await readFile(join(root, reportsFolder, 'quick.log'), 'utf8') };
}

const crash = "console.log('begun'); process.kill(process.pid, 'SIGSEGV'); setTimeout(() => {}, 10_000);";

test('an Nx that crashes is started once more', async () => {
  expect(await runWith(crash, "console.log('done')")).toEqual({ code: 0, starts: 2, log: 'begun\ndone\n' });
  expect((await report([join(root, reportsFolder)], root)).failed).toBe(false);
});

test('an Nx that fails without a word is started once more', async () => {
  expect(await runWith('process.exit(1)', '')).toEqual({ code: 0, starts: 2, log: '' });
});

test('an Nx that crashes again has failed, and the report says so', async () => {
  expect(await runWith(crash, crash)).toMatchObject({ code: 1, starts: 2 });
  const { failed, summary } = await report([join(root, reportsFolder)], root);
  expect(failed).toBe(true);
  expect(summary).toContain('## Nx itself failed\n\n`nx affected` was ended by SIGSEGV, and no task failed');
});

test.each([
  ['that says why it fails', "console.log('why'); process.exit(1)"],
  ['that is ended by somebody', "process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 10_000);"],
])('an Nx %s is not started again', async (_, script) => {
  expect(await runWith(script, '')).toMatchObject({ code: 1, starts: 1 });
  expect((await report([join(root, reportsFolder)], root)).failed).toBe(true);
  expect(await readdir(join(root, reportsFolder))).toContain('quick.ending.txt');
});
