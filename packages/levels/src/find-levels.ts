import { EXIT, Failure, type Progress, type Workspace } from '@splitlevel/generators/engine';
import { openDesk } from './desk.ts';
import { Inquiry } from './inquiry.ts';
import { KnownVerdicts } from './known-verdicts.ts';
import { makeMutants } from './mutants/make-mutants.ts';
import type { Mutant } from './mutants/mutant.ts';
import { readSubject, type Subject } from './read-subject.ts';
import type { Findings } from './report.ts';
import type { Level, Look } from './trial/messages.ts';

/** Of the time, what unit tests may take: they are asked of every mutant, and quick. */
const UNIT_SHARE = 0.4;

/**
 * Makes mutants of a package, and asks its two suites which of them they catch: unit tests first, then integration
 * tests of those that survive, then of the others. Nothing of the workspace is changed: it is copied. What earlier runs
 * found out holds as long as nothing changes that it follows from.
 * @param wanted the package's name in Nx or its folder
 * @param minutes after which no more mutants are tried; what is tried first is a sample of all
 * @throws {Failure} when a suite is red without a mutant, or cannot be run
 */
export async function findLevels(
  workspace: Workspace,
  wanted: string,
  minutes: number,
  progress: Progress,
): Promise<Findings> {
  const begin = performance.now();
  const subject = readSubject(workspace, wanted);
  const { switches, texts, mutants } = await makeMutants(subject);
  const instrumented = [...texts].map(([path, text]) => ({ path, text }));
  const textOf = textsOf(subject);
  const known = KnownVerdicts.read(workspace.root, subject.folder);
  const desk = openDesk(workspace, subject);
  try {
    const looks: Partial<Record<Level, Look>> = {};
    for (const level of levelsOf(subject)) {
      const what = `Running the ${level} tests of ${subject.folder} as they are`;
      looks[level] = await progress.during(what, () => desk.look(level, instrumented));
      refuseRed(subject, level, looks[level]);
    }
    const start = performance.now();
    const end = start + minutes * 60_000;
    const inquiry = new Inquiry({ workspace, subject, looks, switches, textOf, known, desk, end, progress });
    const { verdicts } = inquiry;
    const isOfCode = ({ kind }: Mutant) => kind !== 'migration' && kind !== 'stub';
    await inquiry.ask('unit', mutants.filter(isOfCode), start + UNIT_SHARE * (end - start));
    for (const mutant of mutants.filter((each) => !isOfCode(each))) {
      verdicts.unit.set(mutant, { outcome: 'not reached' });
    }
    const asked = mutants.filter((mutant) => verdicts.unit.has(mutant));
    const isCaught = (mutant: Mutant) => verdicts.unit.get(mutant)?.outcome === 'caught';
    const survivors = asked.filter((mutant) => !isCaught(mutant));
    await inquiry.ask('integration', survivors, end);
    await inquiry.ask('integration', asked.filter(isCaught), end);
    known.save(true);
    const all = mutants.map((mutant) => ({
      mutant,
      unit: verdicts.unit.get(mutant),
      integration: verdicts.integration.get(mutant),
    }));
    const seconds = (performance.now() - begin) / 1000;
    return { packageName: wanted, all, looks, seconds, remembered: inquiry.remembered, textOf };
  } finally {
    await desk.close();
  }
}

function textsOf({ code, migrations, stubs }: Subject): (path: string) => string {
  const texts = new Map([code, migrations, stubs].flat().map(({ path, text }) => [path, text]));
  return (path) => texts.get(path) ?? '';
}

function levelsOf({ hasUnit, hasIntegration }: Subject): readonly Level[] {
  return [...(hasUnit ? (['unit'] as const) : []), ...(hasIntegration ? (['integration'] as const) : [])];
}

function refuseRed({ folder }: Subject, level: Level, { failures, tests }: Look): void {
  if (failures.length > 0) {
    throw new Failure(
      EXIT.failed,
      `The ${level} tests of ${folder} are red before anything was changed:\n${failures.map((line) => `  ${line}`).join('\n')}`,
      'Make them green, then run this again.',
    );
  }
  if (tests.length === 0) {
    throw new Failure(EXIT.failed, `No ${level} test of ${folder} was run`, `Look at what npx nx ${level} says.`);
  }
}
