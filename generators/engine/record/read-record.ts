import { EXIT, Failure } from '../failure.ts';
import type { Disk } from '../plan/disk.ts';
import { within } from '../plan/within.ts';
import { parseBase } from './base-file.ts';
import { baseFile, inOrder, parseRun, RECORD_FOLDER, type RunRecord, runFile } from './run-record.ts';

/** Whether a folder has a record. */
export function hasRecord(folder: string, disk: Disk): boolean {
  return runIds(folder, disk).length > 0;
}

/**
 * The runs that made a folder, in their order; empty for one that no generator made.
 * @throws {Failure} (conflict) when a file of the record is not what a generator writes.
 */
export function readRuns(folder: string, disk: Disk): readonly RunRecord[] {
  return inOrder(runIds(folder, disk).map((id) => readRun(folder, id, disk)));
}

/**
 * The same for a folder that must have a record.
 * @throws {Failure} (conflict) when it has none.
 */
export function readRecord(folder: string, disk: Disk): readonly [RunRecord, ...RunRecord[]] {
  const [first, ...rest] = readRuns(folder, disk);
  if (first === undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder} exists and was not made by a generator: it has no ${RECORD_FOLDER}/runs`,
      'Choose another name, or move it away.',
    );
  }
  return [first, ...rest];
}

/** The paths of a record's files in its folder. */
export function recordPaths(folder: string, disk: Disk): readonly string[] {
  return ['runs', 'base'].flatMap((part) => {
    const place = `${RECORD_FOLDER}/${part}`;
    return disk.names(within(folder, place)).map((name) => `${place}/${name}`);
  });
}

function runIds(folder: string, disk: Disk): readonly string[] {
  return disk
    .names(within(folder, `${RECORD_FOLDER}/runs`))
    .flatMap((name) => /^(\d+-.+)\.json$/.exec(name)?.[1] ?? []);
}

function readRun(folder: string, id: string, disk: Disk): RunRecord {
  const read = <T>(path: string, parse: (text: string) => T | undefined): T => {
    const content = disk.read(within(folder, path));
    const parsed = content && parse(content.toString('utf8'));
    if (parsed === undefined) {
      throw new Failure(
        EXIT.conflict,
        `${within(folder, path)} is not a record of a generator`,
        'Restore it from version control, or choose another name.',
      );
    }
    return parsed;
  };
  return { id, ...read(runFile(id), parseRun), files: read(baseFile(id), parseBase) };
}
