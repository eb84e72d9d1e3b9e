// How long both suites of fresh services take, by Vitest's own clock; the servers of the integration suites run already.
import { createScratchWorkspace } from '../test/scratch-workspace.ts';
import { judge, printTimings, summarise, type Timing } from './measure.ts';

const workspace = await createScratchWorkspace();

async function run(command: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.run(command, args);
  if (code !== 0) {
    throw new Error(`${command} ${args.join(' ')}: exit ${code}\n${stdout}${stderr}`);
  }
  return stdout;
}

async function timeSuite(project: string, service: string, runs: number): Promise<Timing> {
  const samples: number[] = [];
  for (let time = 0; time < runs; time++) {
    const output = await run('vitest', ['run', '--project', project, `packages/${service}/`]);
    const [, number, unit] = /Duration\s+([\d.]+)(ms|s)/.exec(output) ?? [];
    if (number === undefined) {
      throw new Error(`Vitest did not say how long it took:\n${output}`);
    }
    samples.push(Number(number) * (unit === 's' ? 1000 : 1));
  }
  return summarise(samples);
}

try {
  await run('plop', ['service', 'orders', '--yes', '--no-install']);
  await run('plop', ['service', 'pricing', '--upstream', 'rates', '--yes', '--no-install']);
  const unit = await timeSuite('unit', 'pricing', 7);
  const servers = workspace.start('node', ['test/hold-servers.ts']);
  try {
    await servers.waitFor(/^ready$/m, 120_000);
    const integration = await timeSuite('integration', 'orders', 7);
    const withUpstream = await timeSuite('integration', 'pricing', 7);
    printTimings({
      'unit suite of a service with an upstream': unit,
      'integration suite of a service': integration,
      'integration suite of a service with an upstream': withUpstream,
    });
    const bound = { bound: 10_000, unit: ' ms', kind: 'at most' } as const;
    judge({ claim: 'the whole unit suite', measured: unit.median, bound: 1000, unit: ' ms', kind: 'at most' });
    judge({ claim: 'the whole integration suite of a fresh service', measured: integration.median, ...bound });
    judge({ claim: 'the same of one with an upstream', measured: withUpstream.median, ...bound });
  } finally {
    await servers.end();
  }
} finally {
  await workspace.remove();
}
