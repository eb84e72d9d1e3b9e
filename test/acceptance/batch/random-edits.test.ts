import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOf, whole } from '../../sample.ts';
import { createTenPackages, type Files, manifestOf, NAMES, type Run, type TenPackages } from './ten-packages.ts';

const EDITS = Number(process.env.EDITS ?? (whole ? 60 : 6));
const seed = Number(process.env.EDITS_SEED ?? seedOf('random edits of ten packages'));

/** Who uses whom: a chain, two that share a library, and packages by themselves. */
const USES: Readonly<Record<string, string>> = { p1: 'p0', p2: 'p1', p4: 'p3', p5: 'p3' };
const testFile = (body: string) => `import { expect, test } from 'vitest';\n\ntest('it', () => {\n  ${body}\n});\n`;

/** The packages that edits change; the others stay as they are, one of them red. */
const EDITED = NAMES.slice(0, 7);

/** Edits of one package: its files from then on. What is right and what is wrong may follow each other. */
const edits: Readonly<Record<string, (name: string, number: number) => Files>> = {
  'a new value': (_, number) => ({ 'src/value.ts': `export const value = ${number};\n` }),
  'a value of another type': (_, number) => ({ 'src/value.ts': `export const value = '${number}';\n` }),
  'a value that is gone': () => ({ 'src/value.ts': 'export const other = 1;\n' }),
  'a type error': () => ({ 'src/wrong.ts': "export const wrong: number = 'text';\n" }),
  'its mending': () => ({ 'src/wrong.ts': undefined, 'src/debug.ts': undefined, 'src/red.test.ts': undefined }),
  'a lint error': () => ({ 'src/debug.ts': 'export function debug() {\n  debugger;\n}\n' }),
  'a red test': () => ({ 'src/red.test.ts': testFile('expect(1).toBe(2);') }),
  'a green test': () => ({ 'src/red.test.ts': testFile('expect(1).toBe(1);') }),
  'a test that throws at import': () => ({ 'src/red.test.ts': "throw new Error('at import');\n" }),
  'a test that leaves something': () => ({
    'src/red.test.ts': testFile("expect(Reflect.set(globalThis, 'left', true)).toBe(true);"),
  }),
  'a test that expects what others may have left': () => ({
    'src/red.test.ts': testFile("expect(Reflect.get(globalThis, 'left')).toBe(true);"),
  }),
  'a global declaration': (_, number) => ({
    'src/globals.d.ts': `declare const ofThePackage: ${number % 2 === 0 ? 'string' : 'number'};\n`,
  }),
  'a use of the global declaration': () => ({ 'src/uses.ts': 'export const used = () => ofThePackage.length;\n' }),
  'other compiler options': (_, number) => ({
    'tsconfig.json': `{ "extends": "../../tsconfig.json", "include": ["src"], "compilerOptions": { "noImplicitAny": ${number % 2 === 0} } }\n`,
  }),
  'a parameter without a type': () => ({ 'src/any.ts': 'export const first = (list) => list[0];\n' }),
};

let workspace: TenPackages;

beforeAll(async () => {
  workspace = await createTenPackages();
  const others = Object.fromEntries(NAMES.map((name) => [name, filesOf(name)]));
  others.p9 = { ...others.p9, ...edits['a red test']?.('p9', 0) };
  await workspace.plant(others.p5 ?? {}, others);
});
afterAll(() => workspace.remove());

function filesOf(name: string): Files {
  const used = USES[name];
  const more = used === undefined ? {} : { dependencies: { [`@splitlevel/${used}`]: '*' } };
  return {
    'package.json': manifestOf(name, more),
    'src/value.ts': 'export const value = 1;\n',
    'src/index.ts': `export { value } from './value.ts';\nexport const name = '${name}';\n`,
    ...(used && {
      'src/sum.ts': `import { value } from '@splitlevel/${used}';\n\nexport const sum: number = value + 1;\n`,
      'src/sum.test.ts': `import { expect, test } from 'vitest';\nimport { sum } from './sum.ts';\n\ntest('sum', () => {\n  expect(sum).toBeGreaterThan(1);\n});\n`,
    }),
  };
}

const everything = ['run-many', '-t', 'lint,typecheck,unit', '-p', ...NAMES];
/** So that neither run is answered by what the other did. */
const APART = { NX_CACHE_DIRECTORY: '.nx/apart/cache', NX_WORKSPACE_DATA_DIRECTORY: '.nx/apart/data' };
const verdictsOf = ({ tasks }: Run) => Object.fromEntries([...tasks.values()].map(({ id, isGreen }) => [id, isGreen]));

test(`after each of ${EDITS} random edits, runs with and without batches agree`, { timeout: 1_800_000 }, async () => {
  const random = fc.sample(fc.tuple(fc.nat(), fc.nat(), fc.nat(99)), { seed, numRuns: EDITS });
  const kinds = Object.entries(edits);
  const seen = new Set<boolean>();
  for (const [index, [ofKind, ofPackage, number]] of random.entries()) {
    const [kind, edit] = kinds[ofKind % kinds.length] as (typeof kinds)[number];
    const name = EDITED[ofPackage % EDITED.length] as string;
    await workspace.change(name, edit(name, number));
    const together = await workspace.runTasks('all', everything);
    const apart = await workspace.runTasks('all', [...everything, '--batch=false'], APART);
    const where = `edit ${index}, ${kind} in ${name}; again with EDITS_SEED=${seed}\n${together.output}`;
    expect(Object.keys(verdictsOf(together)), where).toHaveLength(NAMES.length * 3);
    expect(verdictsOf(together), where).toEqual(verdictsOf(apart));
    for (const { isGreen } of together.tasks.values()) {
      seen.add(isGreen);
    }
  }
  expect(seen.size, 'verdicts of both kinds').toBe(2);
});
