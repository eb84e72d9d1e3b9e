// Runs every benchmark, shows what each prints, and writes it all to bench/results.txt.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeMachine } from './measure.ts';

const benchmarks = [
  'generate',
  'suites',
  'guards',
  'servers',
  'postgres-reset',
  'hundred-packages',
  'batches',
  'new-repository',
  'updates',
];

let text = `Machine: ${describeMachine()}\n`;
process.stdout.write(text);
for (const name of benchmarks) {
  const show = (part: string) => {
    text += part;
    process.stdout.write(part);
  };
  show(`\n${name}\n`);
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8').on('data', show);
  const [code] = await once(child, 'close');
  if (code !== 0) {
    process.exitCode = 1;
  }
}
writeFileSync(join(import.meta.dirname, 'results.txt'), text);
