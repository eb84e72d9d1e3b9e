import fc from 'fast-check';
import type { Column, ColumnType, ColumnValue } from '../column.ts';
import { documentValues } from './documents.ts';
import { floatValues, integerValues, numericValues } from './numbers.ts';
import { textValues } from './texts.ts';
import { dateValues, timeOfDayValues, timestampValues } from './times.ts';
import type { TypeValues } from './type-values.ts';

const kinds: Readonly<Record<string, (type: ColumnType) => TypeValues>> = {
  numeric: numericValues,
  int2: integerValues,
  int4: integerValues,
  int8: integerValues,
  float4: floatValues,
  float8: floatValues,
  timestamptz: timestampValues,
  timestamp: timestampValues,
  date: dateValues,
  time: timeOfDayValues,
  text: textValues,
  varchar: textValues,
  bpchar: textValues,
  citext: textValues,
  json: documentValues,
  jsonb: documentValues,
  bool: () => ({ edges: ['true', 'false'], random: fc.constantFrom('true', 'false') }),
  enum: ({ labels = [] }) => ({ edges: labels, random: fc.constantFrom(...labels) }),
  uuid: () => ({
    edges: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    random: fc.uuid(),
  }),
  bytea: () => ({
    edges: ['', '00', '61', 'ff', 'c328', '0d0a', '5c', '27'].map((digits) => `\\x${digits}`),
    random: fc.uint8Array({ maxLength: 20 }).map(
      (bytes) => `\\x${Buffer.from(bytes).toString('hex')}`,
      (text) => Uint8Array.from(Buffer.from((text as string).slice(2), 'hex')),
    ),
  }),
};

/** The values that are tried for a column. */
export interface ColumnValues {
  readonly edges: readonly ColumnValue[];
  readonly random: fc.Arbitrary<ColumnValue>;
}

/**
 * The values of a column, its edge values first.
 * @param given values of the test's own, for types that are not known here and for checks that refuse most values.
 * @throws {Error} when the type is not known and none are given.
 */
export function valuesOf({ name, type, nullable }: Column, given: readonly ColumnValue[] = []): ColumnValues {
  const own = type.element ? arrayValues(type.element) : kinds[type.name]?.(type);
  if (own === undefined && given.length === 0) {
    throw new Error(`No values are known for ${name}, whose type is ${type.sql}. Give some: { values: […] }.`);
  }
  const random: fc.Arbitrary<ColumnValue> = own?.random ?? fc.constantFrom(...given);
  return {
    edges: [...given, ...(own?.edges ?? []), ...(nullable ? [null] : [])],
    random: nullable ? fc.option(random, { freq: 8, nil: null }) : random,
  };
}

function arrayValues(element: ColumnType): ColumnValues | undefined {
  const values = kinds[element.name]?.(element);
  if (values === undefined) {
    return undefined;
  }
  const { edges, random } = values;
  const first = edges.slice(0, 1);
  // Strings that the syntax of arrays has a meaning for.
  const trap = kinds[element.name] === textValues ? [['NULL'], ['a,b'], ['{}']] : [];
  return {
    edges: [[], first, [null], [...first, null, ...edges.slice(1, 2)], ...trap, [...edges].reverse()],
    random: fc.array(fc.option(random, { freq: 8, nil: null }), { maxLength: 5 }),
  };
}
