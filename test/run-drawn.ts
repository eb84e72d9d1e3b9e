import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { sample } from './sample.ts';

// Runs a share of the files of a folder's tests, two at a time: `node test/run-drawn.ts FOLDER ONE_OF [EXCEPT]`, for one
// of so many, drawn by the commit's hash, without those below EXCEPT; all of them with SPLITLEVEL_WHOLE=1.
const [folder = '', oneOf = '1', except] = process.argv.slice(2);
const files = globSync(`${folder}/**/*.test.ts`, { exclude: except === undefined ? [] : [`${except}/**`] }).toSorted();
const drawn = sample(`files of ${folder}`, files, 1 / Number(oneOf), (file) => file);
const args = ['run', '--project', 'acceptance', '--fileParallelism', '--maxWorkers=2', ...drawn];
const { status, error } = spawnSync('vitest', args, { stdio: 'inherit' });
if (error !== undefined) {
  throw error;
}
process.exitCode = status ?? 1;
