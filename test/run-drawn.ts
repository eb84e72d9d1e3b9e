import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sample } from './sample.ts';

// Runs a share of the files of a folder's tests, one of so many, drawn by the commit's hash; all of them with
// SPLITLEVEL_WHOLE=1: `node test/run-drawn.ts FOLDER ONE_OF [--except FOLDER] [--alone]`. Two files run at a time, or one.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { except: { type: 'string' }, alone: { type: 'boolean', default: false } },
});
const [folder = '', oneOf = '1'] = positionals;
const exclude = values.except === undefined ? [] : [`${values.except}/**`];
const files = globSync(`${folder}/**/*.test.ts`, { exclude }).toSorted();
const drawn = sample(`files of ${folder}`, files, 1 / Number(oneOf), (file) => file);
const workers = values.alone ? [] : ['--fileParallelism', '--maxWorkers=2'];
const args = ['run', '--project', 'acceptance', ...workers, ...drawn];
const { status, error } = spawnSync('vitest', args, { stdio: 'inherit' });
if (error !== undefined) {
  throw error;
}
process.exitCode = status ?? 1;
