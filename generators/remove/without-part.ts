import { servers } from '../capabilities/capabilities.ts';
import { didYouMean } from '../engine/command/nearest.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { nameOfRun, type RunRecord } from '../engine/record/run-record.ts';
import type { Replayed } from '../engine/replay/replay.ts';

/** A part of a package that a generator made. */
export interface Part {
  readonly kind: 'entity' | 'stub' | 'fixture';
  readonly name: string;
}

type AnswersByName = Readonly<Record<string, unknown>>;

/**
 * The runs of a package without one of its parts: one run less, or another answer of the first.
 * @throws {Failure} (conflict) when no run brought it.
 */
export function withoutPart(
  folder: string,
  runs: readonly [RunRecord, ...RunRecord[]],
  part: Part,
): readonly Replayed[] {
  const [first, ...additions] = runs;
  const added = additions.find((run) => run.generator === part.kind && nameOfRun(run) === part.name);
  if (added !== undefined) {
    return runs.filter((run) => run !== added);
  }
  const answers = withoutChoice(first.answers, part);
  if (answers === undefined) {
    const known = [
      ...chosen(first.answers, part.kind),
      ...additions.filter((run) => run.generator === part.kind).map(nameOfRun),
    ];
    throw new Failure(
      EXIT.conflict,
      `${folder} has no ${part.kind} ${part.name} that a generator made${didYouMean(part.name, known)}`,
      known.length === 0 ? 'Remove by hand what was made by hand.' : `It has: ${known.join(', ')}.`,
    );
  }
  return [{ ...first, answers }, ...additions];
}

/** The parts of a kind that the first run was asked for. */
function chosen(answers: AnswersByName, kind: Part['kind']): readonly string[] {
  const values =
    kind === 'entity'
      ? [answers.entity]
      : kind === 'stub'
        ? ((answers.upstream as readonly unknown[] | undefined) ?? [])
        : [answers.database, answers.cache, answers.broker];
  return values.filter((value): value is string => typeof value === 'string' && value !== 'none');
}

function withoutChoice(answers: AnswersByName, { kind, name }: Part): AnswersByName | undefined {
  if (!chosen(answers, kind).includes(name)) {
    return undefined;
  }
  if (kind === 'stub') {
    return { ...answers, upstream: chosen(answers, kind).filter((each) => each !== name) };
  }
  const option = kind === 'entity' ? 'entity' : servers[name as keyof typeof servers].key.camel;
  return { ...answers, [option]: 'none' };
}
