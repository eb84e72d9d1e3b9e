import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../write/scratch.ts';
import { type LastRun, parseLastRun, wasTakenBack } from './last-run.ts';
import { presentAt } from './present.ts';

/** The run that came to its end, and the one that is writing, or was killed then. */
const LAST = 'last-run.json';
const PENDING = 'last-run.pending.json';

/**
 * Where the last run may be kept, the best place first: in node_modules, which git ignores and installations leave
 * alone; where there is none, where it is a link to that of another workspace, or where it may not be written, in the
 * private folder of the workspace's runs.
 */
function placesOf(root: string): readonly string[] {
  const modules = join(root, 'node_modules');
  const scratch = scratchFolder(root);
  try {
    accessSync(modules, constants.W_OK);
    return lstatSync(modules).isDirectory() ? [join(modules, '.splitlevel'), scratch] : [scratch];
  } catch {
    return [scratch];
  }
}

/** The file of this name that is there, in the best place. */
function find(root: string, name: string): string | undefined {
  return placesOf(root)
    .map((place) => join(place, name))
    .find((file) => existsSync(file));
}

/**
 * The last run of the workspace that wrote. A run that was killed counts as soon as what it wrote is there; what it left
 * must have been settled.
 * @returns undefined where none is known, or what is kept of it cannot be read.
 */
export function readLastRun(root: string): LastRun | undefined {
  const pending = find(root, PENDING);
  const file = pending === undefined || isOver(root, pending) ? find(root, LAST) : pending;
  return file === undefined ? undefined : parseLastRun(readFileSync(file, 'utf8'));
}

/** Whether the run of a pending file was taken back, so that the one before it is the last. */
function isOver(root: string, pending: string): boolean {
  const run = parseLastRun(readFileSync(pending, 'utf8'));
  return run !== undefined && wasTakenBack(run, (path) => presentAt(root, path));
}

/**
 * Keeps a run as the one that is about to write. Until it is completed or given up, what the disk holds decides whether
 * it or the one before it is the last.
 * @throws {Error} of the system, with nothing changed.
 */
export function beginRun(root: string, run: LastRun): void {
  const pending = find(root, PENDING);
  if (pending !== undefined && isOver(root, pending)) {
    rmSync(pending);
  } else if (pending !== undefined) {
    completeRun(root);
  }
  const [place = ''] = placesOf(root);
  mkdirSync(place, { recursive: true });
  write(join(place, PENDING), run);
}

/** The run that was begun has written: it is the last. */
export function completeRun(root: string): void {
  const pending = find(root, PENDING);
  if (pending === undefined) {
    return;
  }
  const file = join(dirname(pending), LAST);
  for (const place of placesOf(root).filter((each) => each !== dirname(pending))) {
    rmSync(join(place, LAST), { force: true });
  }
  renameSync(pending, file);
}

/** The run that was begun has written nothing: the one before it stays the last. */
export function giveUpRun(root: string): void {
  for (const place of placesOf(root)) {
    rmSync(join(place, PENDING), { force: true });
  }
}

/** Changes what is kept of the last run. */
export function amendLastRun(root: string, change: (run: LastRun) => LastRun): void {
  const file = find(root, PENDING) ?? find(root, LAST);
  const run = file === undefined ? undefined : parseLastRun(readFileSync(file, 'utf8'));
  if (file !== undefined && run !== undefined) {
    write(file, change(run));
  }
}

/** All of it, or what was there before. */
function write(file: string, run: LastRun): void {
  const draft = `${file}.draft`;
  writeFileSync(draft, JSON.stringify(run), { mode: 0o600 });
  renameSync(draft, file);
}
