import { MAXIMUM_NAME_LENGTH } from '../../generators/engine/answers/names.ts';
import type { Option } from '../../generators/engine/answers/options.ts';

/** A value that an option is given in some rows. */
export interface Value {
  /** How it is written in the pairs. */
  readonly label: string;
  /** From the row's name to what is given; undefined: nothing is, and the default is taken. */
  readonly given?: (row: string) => unknown;
}

/** Samples for options of free text beside their defaults, by the option's name: strings, or whole lists of them. */
export type Samples = Readonly<Record<string, readonly string[] | readonly (readonly string[])[]>>;

/** Facts that are not in an option's schema. */
export interface Supply {
  /** For options of free text, by name. */
  readonly samples: Samples;
  /** Names of the packages to which is added. */
  readonly packages: readonly string[];
}

/**
 * The values of an option that rows are made of: all choices, both of a flag, the default and the ends of a number, the
 * default and samples of a string, none, one and several of a list.
 * @param name of the option.
 * @throws {Error} when there is nothing to choose from.
 */
export function valuesOf(name: string, option: Option, { samples, packages }: Supply): readonly Value[] {
  const values = name === 'package' ? packages.map(fixed) : valuesOfKind(name, option, samples[name] ?? []);
  if (values.length === 0) {
    throw new Error(`--${name} (${option.kind}) has no values to try: give it some in test/matrix/samples.ts`);
  }
  // Where it does not apply it must be left out.
  return option.when === undefined ? values : [...values, left];
}

function valuesOfKind(name: string, option: Option, given: Samples[string]): readonly Value[] {
  const usual = option.default === undefined ? [] : [left];
  switch (option.kind) {
    case 'choice':
      return (option.choices ?? []).map(fixed);
    case 'flag':
      return [true, false].map(fixed);
    case 'integer':
      return [...usual, ...[option.minimum, option.maximum].filter((end) => end !== undefined).map(fixed)];
    case 'list':
      return isOneAndSeveral(given) ? [...given, []].map(fixed) : [];
    case 'text':
      if (option.positional && option.default === undefined) {
        return [plainName, longName];
      }
      return given.length === 0 ? [] : [...usual, ...given.map(fixed)];
    default:
      throw new Error(`--${name} is of a kind that the matrix does not know: ${option.kind satisfies never}`);
  }
}

function isOneAndSeveral(lists: readonly unknown[]): boolean {
  const lengths = lists.map((each) => (Array.isArray(each) ? each.length : 0));
  return lengths.includes(1) && lengths.some((length) => length > 1);
}

const left: Value = { label: 'default' };
const plainName: Value = { label: 'plain', given: (row) => row };
const longName: Value = { label: 'longest', given: (row) => `${row}-`.padEnd(MAXIMUM_NAME_LENGTH, 'n') };

function fixed(value: unknown): Value {
  const label = Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
  return { label, given: () => value };
}
