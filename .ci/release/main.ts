import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOf } from './api.ts';
import { assemble } from './assemble.ts';
import { compile } from './compile.ts';
import { apiFile, PUBLISHED, ROOT } from './packages.ts';

const USAGE = `Usage: node .ci/release/main.ts check | api

  check  Assembles the packages and packs them, as a release does, and prints what each holds
  api    Writes the public API of each package to its api.txt`;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

function check(): void {
  const folder = join(ROOT, 'node_modules/.cache/release/packages');
  assemble(folder, '0.0.0');
  for (const name of PUBLISHED) {
    const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: join(folder, name),
      encoding: 'utf8',
    });
    const [packed] = Object.values(JSON.parse(output) as Record<string, Packed>);
    if (packed === undefined) throw new Error(`npm packed nothing of ${name}:\n${output}`);
    const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;
    const { filename, entryCount, size, unpackedSize } = packed;
    console.log(`${filename}: ${entryCount} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked`);
  }
}

function writeApis(): void {
  const folder = mkdtempSync(join(tmpdir(), 'splitlevel-api-'));
  try {
    compile(folder);
    for (const name of PUBLISHED) writeFileSync(apiFile(name), apiOf(name, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [command] = process.argv.slice(2);
if (command === 'check') check();
else if (command === 'api') writeApis();
else {
  console.error(USAGE);
  process.exitCode = 2;
}
