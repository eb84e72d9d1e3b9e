import type { Option } from '../../generators/engine/answers/options.ts';
import type { Generator, TemplateGenerator } from '../../generators/engine/generator.ts';
import type { Workspace } from '../../generators/engine/workspace.ts';
import type { Given } from '../generate.ts';
import { type Combination, type CoveringArray, coveringArray } from './covering-array.ts';
import { refusalOf } from './generation.ts';
import { type Value, valuesOf } from './option-values.ts';
import { samples } from './samples.ts';

/** Generators that make no package from a template, and where they are tested instead. */
export const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  adopt: 'test/acceptance/adopt',
  remove: 'test/acceptance/remove',
  rename: 'test/acceptance/rename',
  undo: 'test/acceptance/undo',
  update: 'test/acceptance/update',
  workspace: 'test/registry',
};

/** Options of which every value makes other files, not only other words in them. */
const STRUCTURAL: readonly Option['kind'][] = ['choice', 'flag', 'list'];

/** The generators that make a package, and those that add to one, told apart by whether they ask for it. */
export function sortGenerators(generators: readonly Generator[]): {
  readonly makers: readonly TemplateGenerator[];
  readonly adders: readonly TemplateGenerator[];
} {
  const templates = generators.filter(
    (each): each is TemplateGenerator => !('plan' in each) && TESTED_ELSEWHERE[each.name] === undefined,
  );
  const adds = ({ options }: Generator) => 'package' in options;
  return { makers: templates.filter((each) => !adds(each)), adders: templates.filter(adds) };
}

/**
 * The rows of a generator that hold every pair of values of its options.
 * @param packages to which it may add; they are there in the workspace.
 */
export async function rowsOf(
  generator: TemplateGenerator,
  workspace: Workspace,
  packages: readonly string[] = [],
): Promise<CoveringArray<Value>> {
  const factors = Object.entries(generator.options).map(([name, option]) => {
    return [name, valuesOf(name, option, { samples, packages })] as const;
  });
  return await coveringArray(Object.fromEntries(factors), (row) => {
    return refusalOf(generator, givenBy(row, `${generator.name}-row`), workspace);
  });
}

/** Few rows that hold every value that makes other files: the kinds of packages to which something may be added. */
export async function kindsOf(
  generator: TemplateGenerator,
  workspace: Workspace,
): Promise<readonly Combination<Value>[]> {
  const factors = Object.entries(generator.options).map(([name, option]) => {
    const values = valuesOf(name, option, { samples, packages: [] });
    const chosen = values.filter(({ label }, index) => index === 0 || label === option.none);
    return [name, STRUCTURAL.includes(option.kind) ? values : chosen] as const;
  });
  const array = await coveringArray(
    Object.fromEntries(factors),
    (row) => refusalOf(generator, givenBy(row, `${generator.name}-row`), workspace),
    1,
  );
  return array.rows;
}

/** The values of a row, by option. */
export function givenBy(row: Combination<Value>, name: string): Given {
  return new Map(
    Object.entries(row).flatMap(([option, { given }]) => (given === undefined ? [] : [[option, given(name)] as const])),
  );
}
