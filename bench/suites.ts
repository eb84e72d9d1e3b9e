// How long both suites of the living example take, by Vitest's own clock; the servers of the second run already.
import { execFile } from 'node:child_process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { acquire } from '../packages/testkit/src/servers/acquire.ts';
import { judge, printTimings, summarise, type Timing } from './measure.ts';

async function timeSuite(project: string, runs: number): Promise<Timing> {
  const samples: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await promisify(execFile)('vitest', ['run', '--project', project, 'packages/pricing/']);
    const [, number, unit] = /Duration\s+([\d.]+)(ms|s)/.exec(stripVTControlCharacters(stdout)) ?? [];
    if (number === undefined) throw new Error(`Vitest did not say how long it took:\n${stdout}`);
    samples.push(Number(number) * (unit === 's' ? 1000 : 1));
  }
  return summarise(samples);
}

const unit = await timeSuite('unit', 7);
await Promise.all([acquire('postgres'), acquire('wiremock')]);
const integration = await timeSuite('integration', 5);
printTimings({ 'unit suite of packages/pricing': unit, 'integration suite of packages/pricing': integration });
judge({ claim: 'the whole unit suite', measured: unit.median, bound: 1000, unit: ' ms', kind: 'at most' });
judge({
  claim: 'the whole integration suite',
  measured: integration.median,
  bound: 10_000,
  unit: ' ms',
  kind: 'at most',
});
