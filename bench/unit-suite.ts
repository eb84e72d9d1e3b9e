// How long the unit suite of the living example takes, by Vitest's own clock.
import { execFile } from 'node:child_process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { judge, printTimings, summarise } from './measure.ts';

const RUNS = 7;

const samples: number[] = [];
for (let run = 0; run < RUNS; run++) {
  const { stdout } = await promisify(execFile)('vitest', ['run', '--project', 'unit', 'packages/pricing/']);
  const [, number, unit] = /Duration\s+([\d.]+)(ms|s)/.exec(stripVTControlCharacters(stdout)) ?? [];
  if (number === undefined) throw new Error(`Vitest did not say how long it took:\n${stdout}`);
  samples.push(Number(number) * (unit === 's' ? 1000 : 1));
}
const timing = summarise(samples);
printTimings({ 'unit suite of packages/pricing': timing });
judge({ claim: 'the whole suite', measured: timing.median, bound: 1000, unit: ' ms', kind: 'at most' });
