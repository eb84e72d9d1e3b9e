import { expect, test } from 'vitest';
import { isComplete, parseOutput } from './output.ts';

const LISTING = `lib.d.ts
   Library 'lib.es2025.d.ts' specified in compilerOptions
node_modules/@types/node/index.d.ts
   Entry point of type library 'node' specified in compilerOptions with packageId '@types/node/index.d.ts@24.0.0'
   Type library referenced via 'node' from file 'a/src/it's.ts' with packageId '@types/node/index.d.ts@24.0.0'
a/src/it's.ts
   Matched by include pattern '../a/src' in '.nx/typecheck.json'
   Imported via "@s/it's" from file 'b/src/b.ts'
   File is ECMAScript module because 'a/package.json' has field "type" with value "module"
b/src/b.ts
   Matched by include pattern '../b/src' in '.nx/typecheck.json'
`;
const ERRORS = `a/src/it's.ts(1,7): error TS2322: Type 'A' is not assignable to type 'B'.
  Property 'a' is incompatible.
    Type 'string' is not assignable to type 'number'.
b/src/b.ts(2,1): error TS2304: Cannot find name 'x'.
`;

test('errors come first, with all of their lines, then the files and why they are there', () => {
  const output = parseOutput(ERRORS + LISTING);
  expect(output?.errors).toEqual([
    { file: "a/src/it's.ts", code: 2322, text: ERRORS.slice(0, ERRORS.indexOf('b/src')) },
    { file: 'b/src/b.ts', code: 2304, text: ERRORS.slice(ERRORS.indexOf('b/src')) },
  ]);
  expect(Object.fromEntries(output?.files ?? [])).toEqual({
    'lib.d.ts': { patterns: [], importers: [], names: new Set(), forAll: true },
    'node_modules/@types/node/index.d.ts': {
      patterns: [],
      importers: ["a/src/it's.ts"],
      names: new Set(['node']),
      forAll: true,
      packageId: '@types/node/index.d.ts@24.0.0',
    },
    "a/src/it's.ts": { patterns: ['../a/src'], importers: ['b/src/b.ts'], names: new Set(["@s/it's"]), forAll: false },
    'b/src/b.ts': { patterns: ['../b/src'], importers: [], names: new Set(), forAll: false },
  });
});

test('without errors there are the files alone', () => {
  expect(parseOutput(LISTING)).toMatchObject({ errors: [] });
});

test.each([
  ['nothing', ''],
  ['errors without files', ERRORS],
  ['an error in no file', `error TS2318: Cannot find global type 'Array'.\n${LISTING}`],
  ['an error in a file of no program', `tsconfig.json(1,1): error TS5023: Unknown option.\n${LISTING}`],
  ['a message that breaks its line', `b/src/b.ts(2,1): error TS2307: Cannot find module 'a\nb'.\n${LISTING}`],
  ['a file without a reason', `${LISTING}c.ts\n`],
  ['a file twice', LISTING + LISTING],
  ['a reason that is not known here', `${LISTING}   File redirects to file 'x.ts'\n`],
  ['an importer that is not a file', LISTING.replace("from file 'b/src/b.ts'", "from file 'c.ts'")],
  ['an end in the middle of a line', LISTING.slice(0, -5)],
])('%s is not understood', (_, text) => {
  expect(parseOutput(text)).toBeUndefined();
});

test('files without errors are known to have none where others were checked too', () => {
  const complete = (code: number) => isComplete({ errors: [{ file: 'a.ts', code, text: '' }], files: new Map() });
  expect(isComplete({ errors: [], files: new Map() })).toBe(true);
  expect(complete(2322)).toBe(true);
  expect(complete(1005), 'a syntax error').toBe(false);
});
