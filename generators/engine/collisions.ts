import { EXIT, Failure } from './failure.ts';
import { flagOf } from './flags.ts';
import type { Generator } from './generator.ts';
import { identifiersIn } from './identifiers.ts';
import type { RenderedFile } from './render.ts';

/**
 * The answers with a stand-in for each name from which identifiers derive. What the template makes of them shows which
 * of its identifiers derive from an answer, and which are its own.
 */
export function standInAnswers(
  generator: Generator,
  answers: Readonly<Record<string, unknown>>,
): { answers: Record<string, unknown>; origins: ReadonlyMap<string, { option: string; value: string }> } {
  const origins = new Map<string, { option: string; value: string }>();
  const standIn = (option: string, value: unknown) => {
    const name = `xq${String.fromCodePoint('a'.charCodeAt(0) + origins.size)}`;
    origins.set(name, { option, value: String(value) });
    return name;
  };
  const changed = Object.entries(answers).map(([name, value]) => {
    if (generator.options[name]?.identifier !== true || value === undefined) {
      return [name, value];
    }
    return [name, Array.isArray(value) ? value.map((item) => standIn(name, item)) : standIn(name, value)];
  });
  return { answers: Object.fromEntries(changed), origins };
}

/**
 * Refuses answers whose identifiers would clash, in one file, with the template's own or with each other.
 * @param real the files as rendered from the answers, in the order of the templates.
 * @param standIns the files as rendered from `standInAnswers`, in the same order.
 * @throws Failure (wrong usage) that names the answer, the identifier and the file.
 */
export function refuseCollisions(
  real: readonly RenderedFile[],
  standIns: readonly RenderedFile[],
  origins: ReadonlyMap<string, { option: string; value: string }>,
): void {
  for (const [index, file] of real.entries()) {
    const twin = standIns[index];
    if (twin === undefined || !file.path.endsWith('.ts')) {
      continue;
    }
    const clash = clashIn(file.content.toString('utf8'), twin.content.toString('utf8'));
    if (clash !== undefined) {
      const { option, value } = originOf(clash.standIn, origins);
      throw new Failure(
        EXIT.usage,
        `--${flagOf(option)}: ${JSON.stringify(value)} cannot be used, because ${file.path} needs ${clash.identifier} for something else`,
        `Try ${value}-item.`,
      );
    }
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

function originOf(
  identifier: string,
  origins: ReadonlyMap<string, { option: string; value: string }>,
): { option: string; value: string } {
  const plain = identifier.toLowerCase();
  const origin = [...origins].find(([standIn]) => plain.includes(standIn))?.[1];
  if (origin === undefined) {
    throw new Error(`${identifier} derives from no answer that is marked as a source of identifiers`);
  }
  return origin;
}
