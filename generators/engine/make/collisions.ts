import { identifiersIn } from '../answers/identifiers.ts';
import { flagOf } from '../command/flags.ts';
import { EXIT, Failure } from '../failure.ts';
import type { Generator } from '../generator.ts';
import type { RenderedTemplate } from './render.ts';

/** The answers behind the stand-ins, by stand-in. */
type Origins = ReadonlyMap<string, { readonly option: string; readonly value: string }>;

/**
 * The answers with a stand-in for each name from which identifiers derive. The files made from them show which
 * of its files and identifiers derive from an answer, and which are its own.
 */
export function standInAnswers(
  generator: Generator,
  answers: Readonly<Record<string, unknown>>,
): { answers: Record<string, unknown>; origins: Origins } {
  const origins = new Map<string, { option: string; value: string }>();
  const standIn = (option: string, value: unknown) => {
    const name = `xq${String.fromCodePoint('a'.charCodeAt(0) + origins.size)}`;
    origins.set(name, { option, value: String(value) });
    return name;
  };
  const changed = Object.entries(answers).map(([name, value]) => {
    const option = generator.options[name];
    if (option?.identifier !== true || value === undefined || value === option.none) {
      return [name, value];
    }
    return [name, Array.isArray(value) ? value.map((item) => standIn(name, item)) : standIn(name, value)];
  });
  return { answers: Object.fromEntries(changed), origins };
}

/**
 * Refuses answers whose files would have one path, or whose identifiers would clash in one file, with the template's
 * own or with each other.
 * @param real the files as rendered from the answers.
 * @param standIns the files as rendered from `standInAnswers`, in the same order.
 * @throws {Failure} (wrong usage) that names the answer and what it clashes with.
 */
export function refuseCollisions(
  real: readonly RenderedTemplate[],
  standIns: readonly RenderedTemplate[],
  origins: Origins,
): void {
  if (real.length !== standIns.length) {
    throw new Error('A template makes other files for other names, so that clashes of names cannot be found');
  }
  refuseSamePaths(real, standIns, origins);
  for (const [index, { path, content }] of real.entries()) {
    const twin = path.endsWith('.ts') ? standIns[index] : undefined;
    // Nothing in it derives from an answer.
    if (twin?.content.equals(content)) {
      continue;
    }
    const clash = twin && clashIn(content.toString('utf8'), twin.content.toString('utf8'));
    if (clash !== undefined) {
      throw refusal(clash.standIn, `${path} needs ${clash.identifier} for something else`, origins);
    }
  }
}

function refuseSamePaths(
  real: readonly RenderedTemplate[],
  standIns: readonly RenderedTemplate[],
  origins: Origins,
): void {
  const seen = new Map<string, number>();
  for (const [index, { path, source }] of real.entries()) {
    const earlier = seen.get(path);
    seen.set(path, index);
    if (earlier === undefined) {
      continue;
    }
    const [twin = '', other = ''] = [standIns[index]?.path, standIns[earlier]?.path];
    if (twin === other) {
      throw new Failure(
        EXIT.failed,
        `${path} would be made twice, from ${real[earlier]?.source} and from ${source}`,
        'Correct the templates.',
      );
    }
    throw refusal(twin === path ? other : twin, `the package has another ${path}`, origins);
  }
}

function clashIn(real: string, standIn: string): { identifier: string; standIn: string } | undefined {
  const names = identifiersIn(real);
  const twins = identifiersIn(standIn);
  if (names.length !== twins.length) {
    throw new Error('A template makes different code for different names, so that clashes of names cannot be found');
  }
  const meanings = new Map<string, string>();
  // The template's own identifiers first: they are the same for every name.
  const order = [...names.keys()].toSorted((left, right) => rank(left) - rank(right));
  function rank(index: number): number {
    return names[index] === twins[index] ? 0 : 1;
  }
  for (const index of order) {
    const identifier = names[index] ?? '';
    const twin = twins[index] ?? '';
    const meaning = meanings.get(identifier) ?? twin;
    if (meaning !== twin) {
      return { identifier, standIn: twin };
    }
    meanings.set(identifier, twin);
  }
  return undefined;
}

/** The refusal of the answer from which something derives: an identifier or a path, as made with stand-ins. */
function refusal(derived: string, reason: string, origins: Origins): Failure {
  const plain = derived.toLowerCase();
  const origin = [...origins].find(([standIn]) => plain.includes(standIn))?.[1];
  if (origin === undefined) {
    throw new Error(`${derived} derives from no answer that is marked as a source of identifiers`);
  }
  const { option, value } = origin;
  return new Failure(
    EXIT.usage,
    `--${flagOf(option)}: ${JSON.stringify(value)} cannot be used, because ${reason}`,
    `Try ${value}-item.`,
  );
}
