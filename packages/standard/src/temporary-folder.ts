import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, Failure, messageOf } from '@splitlevel/generators/engine';
import { TARGETS, unseen } from './effects/send-faults.ts';
import type { Repository } from './repository.ts';

/** The room that copies, reports and templates take, several times over. */
const ROOM_BYTES = 10_000_000;
const FULL = /^.*\b(ENOSPC|EDQUOT)\b.*$/m;

/**
 * Faults, suites and templates are tried in copies, in several processes: better one sentence than a failure of each.
 * @throws {Failure} when the temporary folder is not there, cannot be written to or is full.
 */
export function refuseWithoutTemporaryFolder(): void {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'splitlevel-standard-'));
    try {
      writeFileSync(join(folder, 'room'), Buffer.alloc(ROOM_BYTES));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw nothingCanBeTold(messageOf(error), error);
  }
}

/** @throws {Failure} when what was tried failed because the disk became full meanwhile: that is not a departure. */
export function refuseFullDisk({ tasks, suites, faults, unitRun, generated }: Repository): void {
  const ofTargets = TARGETS.map((target) => faults.value?.get(unseen(target)));
  const problems = [
    tasks.problem,
    suites.problem,
    faults.problem,
    ...ofTargets,
    ...generated.map(({ problem }) => problem),
  ];
  if (unitRun.exitCode !== 0) {
    problems.push(unitRun.output);
  }
  const [line] = problems.flatMap((problem) => FULL.exec(problem ?? '')?.[0].trim() ?? []);
  if (line !== undefined) {
    throw nothingCanBeTold(line);
  }
}

function nothingCanBeTold(reason: string, cause?: unknown): Failure {
  return new Failure(
    EXIT.failed,
    `Nothing can be told, because nothing can be tried in the temporary folder: ${reason}`,
    `Let TMPDIR name a folder that is there, can be written to and has ${ROOM_BYTES / 1_000_000} MB of space.`,
    cause,
  );
}
