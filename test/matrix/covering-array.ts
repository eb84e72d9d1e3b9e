/** The choices, by factor: each value has a label that no other value of its factor has. */
export type Factors<V extends { readonly label: string }> = Readonly<Record<string, readonly V[]>>;

/** A value for every factor. */
export type Combination<V> = Readonly<Record<string, V>>;

/** Rows that hold every pair of values that can be had. */
export interface CoveringArray<V> {
  readonly rows: readonly Combination<V>[];
  /** `database=none & cache=redis`. */
  readonly covered: readonly string[];
  /** The pairs that no allowed combination has, and why the first that was tried is refused. */
  readonly impossible: ReadonlyMap<string, string>;
  /** How many pairs there are, counted from the values. */
  readonly total: number;
  /** Values that no allowed combination has: `cache=redis`. */
  readonly unusable: readonly string[];
}

/** More are not gone through one by one. */
const MOST_COMBINATIONS = 50_000;

/**
 * Chooses few combinations in which every pair of values of two factors occurs: greedily, from all that are allowed, so
 * that what is impossible is known and not guessed. The same factors make the same rows.
 * @param refusalOf says why a combination is not allowed, or undefined.
 * @param strength how many values are to occur together: 2, or 1 for every value by itself.
 * @throws {Error} when there are too many combinations to go through.
 */
export async function coveringArray<V extends { readonly label: string }>(
  factors: Factors<V>,
  refusalOf: (combination: Combination<V>) => Promise<string | undefined>,
  strength: 1 | 2 = 2,
): Promise<CoveringArray<V>> {
  const reasons = new Map<string, string>();
  const allowed: { combination: Combination<V>; groups: readonly string[] }[] = [];
  for (const combination of combinationsOf(factors)) {
    const groups = groupsOf(combination, strength);
    const refusal = await refusalOf(combination);
    if (refusal === undefined) {
      allowed.push({ combination, groups });
    } else {
      for (const group of groups) {
        if (!reasons.has(group)) {
          reasons.set(group, refusal);
        }
      }
    }
  }
  const possible = new Set(allowed.flatMap(({ groups }) => groups));
  const missing = new Set(possible);
  const rows: Combination<V>[] = [];
  while (missing.size > 0) {
    const counts = allowed.map(({ groups }) => groups.filter((group) => missing.has(group)).length);
    // Of equals the last, because choices end with the least: none of a thing costs the least to test.
    const best = allowed[counts.lastIndexOf(Math.max(...counts))];
    if (best === undefined) {
      throw new Error('Pairs are missing that no combination has');
    }
    for (const group of best.groups) {
      missing.delete(group);
    }
    rows.push(best.combination);
  }
  const covered = new Set(rows.flatMap((row) => groupsOf(row, strength)));
  return {
    rows,
    covered: [...covered],
    impossible: new Map([...reasons].filter(([group]) => !possible.has(group))),
    total: countOf(factors, strength),
    unusable: Object.entries(factors).flatMap(([name, values]) =>
      values
        .filter(({ label }) => !rows.some((row) => row[name]?.label === label))
        .map(({ label }) => `${name}=${label}`),
    ),
  };
}

function countOf(factors: Factors<{ readonly label: string }>, strength: 1 | 2): number {
  const sizes = Object.values(factors).map(({ length }) => length);
  const singles = sizes.reduce((sum, size) => sum + size, 0);
  if (strength === 1 || sizes.length < 2) {
    return singles;
  }
  return (singles ** 2 - sizes.reduce((sum, size) => sum + size ** 2, 0)) / 2;
}

function combinationsOf<V extends { readonly label: string }>(factors: Factors<V>): readonly Combination<V>[] {
  const count = Object.values(factors).reduce((product, values) => product * values.length, 1);
  if (count > MOST_COMBINATIONS) {
    throw new Error(`${count} combinations of ${Object.keys(factors).join(', ')} are too many to go through`);
  }
  return Object.entries(factors).reduce<readonly Combination<V>[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

/** The pairs of a combination; of one factor alone, its value. */
function groupsOf(combination: Combination<{ readonly label: string }>, strength: 1 | 2): readonly string[] {
  const values = Object.entries(combination).map(([name, { label }]) => `${name}=${label}`);
  if (strength === 1 || values.length < 2) {
    return values;
  }
  return values.flatMap((left, index) => values.slice(index + 1).map((right) => `${left} & ${right}`));
}
