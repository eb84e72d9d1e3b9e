import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { EXIT, Failure } from '../failure.ts';
import { temporaryFailure } from '../write/scratch.ts';
import type { RenderedFile } from './render.ts';

const TIMEOUT_MS = 60_000;

/** What was formatted in this process, by a hash of all that the outcome depends on. */
const known = new Map<string, Buffer>();

/**
 * Formats files and sorts their imports as the workspace's Biome would where they are going to be, so that what is
 * planned, hashed and shown is what is written. Works on a copy in a private folder, which is gone afterwards. Each text is
 * formatted once a process: what additions make anew, they make again and again.
 * @param folder where the files are going to be, relative to the workspace: the settings may depend on it.
 * @param scratch a private folder; the caller holds the lock on it.
 * @throws {Failure} with Biome's words when a file is not valid in its language.
 */
export function formatFiles(
  root: string,
  folder: string,
  files: readonly RenderedFile[],
  scratch: string,
): readonly RenderedFile[] {
  const settings = readFileSync(join(root, 'biome.json'));
  const keyed = files.map((file) => ({ file, key: keyOf(settings, posix.join(folder, file.path), file.content) }));
  const missing = keyed.filter(({ key }) => !known.has(key));
  const unformatted = missing.map(({ file }) => file);
  const made = unformatted.length === 0 ? [] : formatAll(root, folder, unformatted, scratch);
  for (const [index, { path, content }] of made.entries()) {
    known.set(missing[index]?.key ?? '', content);
    // Formatting formatted text changes nothing.
    known.set(keyOf(settings, posix.join(folder, path), content), content);
  }
  return keyed.map(({ file, key }) => ({ path: file.path, content: known.get(key) ?? file.content }));
}

function keyOf(settings: Buffer, path: string, content: Buffer): string {
  return createHash('sha256').update(settings).update(`\0${path}\0`).update(content).digest('base64');
}

function formatAll(
  root: string,
  folder: string,
  files: readonly RenderedFile[],
  scratch: string,
): readonly RenderedFile[] {
  const copy = join(scratch, 'format');
  const clean = () => rmSync(copy, { recursive: true, force: true });
  const cleanAtExit = () => attempt(clean);
  process.once('exit', cleanAtExit);
  try {
    clean();
    for (const { path, content } of files) {
      const target = join(copy, folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    copyFileSync(join(root, 'biome.json'), join(copy, 'biome.json'));
    // What it extends is a package's.
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    runBiome(root, copy);
    return files.map(({ path }) => ({ path, content: readFileSync(join(copy, folder, path)) }));
  } catch (error) {
    throw error instanceof Failure || (error as NodeJS.ErrnoException).syscall === undefined
      ? error
      : temporaryFailure(copy, error);
  } finally {
    attempt(clean);
    process.removeListener('exit', cleanAtExit);
  }
}

/** Removes what it can: on a disk that has become read-only nothing goes. */
function attempt(clean: () => void): void {
  try {
    clean();
  } catch {
    // The next run removes it.
  }
}

function runBiome(root: string, copy: string): void {
  const { command, before } = findBiome(root);
  const settings = ['--linter-enabled=false', '--vcs-enabled=false', '--files-ignore-unknown=true', '--colors=off'];
  const { status, signal, stdout, stderr, error } = spawnSync(
    command,
    [...before, 'check', '--write', ...settings, '.'],
    {
      cwd: copy,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  if (error !== undefined) {
    throw new Failure(EXIT.failed, `Biome could not be run: ${error.message}`, 'Run npm ci and try again.', error);
  }
  if (signal !== null) {
    throw new Failure(EXIT.failed, `Biome was ended by ${signal}; nothing was written`, 'Run the command again.');
  }
  if (status !== 0) {
    throw new Failure(
      EXIT.failed,
      `What was rendered cannot be formatted:\n${stderr}${stdout}`,
      'Correct the template.',
    );
  }
}

/** Biome's own binary where npm put it: starting it by its JavaScript launcher costs another Node. */
function findBiome(root: string): { command: string; before: readonly string[] } {
  const launcher = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const require = createRequire(launcher);
  for (const library of ['', '-musl']) {
    const binary = `@biomejs/cli-${process.platform}-${process.arch}${library}/biome${process.platform === 'win32' ? '.exe' : ''}`;
    try {
      const path = require.resolve(binary);
      if (existsSync(path)) {
        return { command: path, before: [] };
      }
    } catch {
      // Not installed for this platform: npm installs the one that fits.
    }
  }
  return { command: process.execPath, before: [launcher] };
}
