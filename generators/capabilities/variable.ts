import type { Spellings } from '../engine/answers/names.ts';

/** An environment variable, as the configuration, its tests and the README have it. All but names and prose is code. */
export interface Variable {
  /** `CACHE_TTL_S`. */
  readonly name: string;
  /** Its name in the configuration: `cacheTtlS`. */
  readonly property: string;
  /** Checks the text, and has the default. */
  readonly check: string;
  /** Makes of the checked text what the configuration has. */
  readonly value: string;
  /** The comment in the configuration; empty: its name says it. */
  readonly comment: string;
  /** An example, for one that must be set; empty: it has a default. */
  readonly example: string;
  /** Its value in the tests where only the required variables are set. */
  readonly expected: string;
  /** As the README names the default; empty: it must be set. */
  readonly default: string;
  /** Its meaning, in the README. */
  readonly meaning: string;
  /** The value that tests set; empty: none. */
  readonly inTests: string;
  /** A sentence that says why tests set it. */
  readonly testsBecause: string;
}

type Rest = Pick<Variable, 'meaning'> & Partial<Pick<Variable, 'comment' | 'inTests' | 'testsBecause'>>;

/** The URL of a server or an upstream, which must be set. */
export function urlVariable(
  { constant, camel }: Spellings,
  { check, example, meaning }: Pick<Variable, 'check' | 'example' | 'meaning'>,
): Variable {
  const name = `${constant}_URL`;
  return {
    ...variable(name, { meaning, inTests: `${camel}.url` }),
    property: `${camel}Url`,
    check,
    example,
    expected: `least.${name}`,
  };
}

/** An integer with a default. */
export function numberVariable(
  name: string,
  [least, most]: readonly [number, number],
  value: number,
  rest: Rest,
): Variable {
  return {
    ...variable(name, rest),
    check: `integer(${inCode(least)}, ${inCode(most)}).default(${inCode(value)})`,
    expected: inCode(value),
    default: String(value),
  };
}

/** What is `on` by default, and can be `off`. */
export function switchVariable(name: string, rest: Rest): Variable {
  return {
    ...variable(name, rest),
    check: "z.enum(['on', 'off']).default('on')",
    value: `data.${name} === 'on'`,
    expected: 'true',
    default: 'on',
  };
}

function variable(name: string, rest: Rest): Variable {
  const property = name.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  const value = `data.${name}`;
  const none = { comment: '', example: '', default: '', inTests: '', testsBecause: '' };
  return { name, property, check: '', value, expected: '', ...none, ...rest };
}

/** From five digits on with separators, as Biome has it. */
function inCode(number: number): string {
  return number < 10_000 ? String(number) : String(number).replaceAll(/\B(?=(\d{3})+$)/g, '_');
}
