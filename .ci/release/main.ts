import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apiOf } from './api.ts';
import { assemble } from './assemble.ts';
import { subjectsSinceTag, withVersion } from './changelog.ts';
import { compile } from './compile.ts';
import { apiFile, PUBLISHED, ROOT, rootManifest } from './packages.ts';

const USAGE = `Usage: node .ci/release/main.ts check | api | version VERSION | assemble FOLDER

  check            Assembles the packages and packs them, as a release does, and prints what each holds
  api              Writes the public API of each package to its api.txt
  version VERSION  Gives all packages a version, and writes the commits since the last tag to CHANGELOG.md
  assemble FOLDER  Makes what is published of each package, in their version`;
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const CHANGELOG = join(ROOT, 'CHANGELOG.md');

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
    if (packed === undefined) {
      throw new Error(`npm packed nothing of ${name}:\n${output}`);
    }
    const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;
    const { filename, entryCount, size, unpackedSize } = packed;
    console.log(`${filename}: ${entryCount} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked`);
  }
}

function writeApis(): void {
  const folder = mkdtempSync(join(tmpdir(), 'splitlevel-api-'));
  try {
    compile(folder);
    for (const name of PUBLISHED) {
      writeFileSync(apiFile(name), apiOf(name, folder));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The root's version is the standard's; npm sets it everywhere, in the lockfile too. */
function setVersion(version: string): void {
  const args = [
    'version',
    version,
    '--workspaces',
    '--include-workspace-root',
    '--no-git-tag-version',
    '--ignore-scripts',
  ];
  execFileSync('npm', [...args, '--allow-same-version', '--no-audit', '--no-fund'], { cwd: ROOT, stdio: 'inherit' });
  const date = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  const earlier = existsSync(CHANGELOG) ? readFileSync(CHANGELOG, 'utf8') : '';
  writeFileSync(CHANGELOG, withVersion(earlier, version, date, subjectsSinceTag()));
  console.log(`Read CHANGELOG.md, commit, and tag the commit v${version}: the workflow of releases publishes the tag.`);
}

const [command, value = ''] = process.argv.slice(2);
if (command === 'check') {
  check();
} else if (command === 'api') {
  writeApis();
} else if (command === 'version' && VERSION.test(value)) {
  setVersion(value);
} else if (command === 'assemble' && value !== '') {
  assemble(resolve(value), rootManifest().version);
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
