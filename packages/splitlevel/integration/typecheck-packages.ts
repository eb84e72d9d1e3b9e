/** Files of packages by name of the package, for a repository whose packages see each other as `@s/NAME`. */
export type Packages = Readonly<Record<string, Readonly<Record<string, string>>>>;

const DEPENDENCY = 'export declare const dependency: { readonly a: string };\n';
const manifestOf = (name: string, version: string) => JSON.stringify({ name, version, types: 'index.d.ts' });

/** What many packages need that are checked in one program. */
export const together: Packages = {
  green: {
    'src/index.ts': 'export const green: number = 1;\n',
    'src/index.test.ts': "import { green } from './index.ts';\nexport const twice = green * 2;\n",
  },
  'red-by-itself': {
    'src/index.ts': "export const first: { a: { b: string } } = { a: { b: 1 } };\nexport const second: number = 'x';\n",
    'src/lines.ts':
      'interface One { a: { b: string } }\nexport const lines = (other: { a: { b: number } }): One => other;\n',
  },
  'red-for-others': { 'src/index.ts': 'export const shared: string = 1;\n' },
  'imports-red': { 'src/index.ts': "export { shared } from '@s/red-for-others';\n" },
  'imports-imports-red': { 'src/index.ts': "export * from '@s/imports-red';\nexport const own: string = 2;\n" },
  'missing-import': { 'src/index.ts': "import { absent } from './absent.ts';\nexport const present = absent;\n" },
  json: {
    'src/data.json': '{ "size": 1 }\n',
    'src/index.ts': "import data from './data.json' with { type: 'json' };\nexport const size: string = data.size;\n",
  },
  'comments in tsconfig': {
    'tsconfig.json': '{\n  // shared\n  "extends": "../../tsconfig.json",\n  "include": ["src", "integration"],\n}\n',
    'integration/index.ts': 'export const unused = (parameter: string) => 1;\n',
  },
  "odd's (1,2)": {
    "src/[odd] it's (1,2) ~.ts": 'export const odd: string = 1;\n',
    'src/index.ts': `import "./[odd] it's (1,2) ~.ts";\n`,
  },
  'same-names': {
    'src/one.ts': 'export interface Same {\n  readonly one: string;\n}\n',
    'src/other.ts': 'export interface Same {\n  readonly other: string;\n}\n',
    'src/index.ts':
      "import type { Same } from './one.ts';\nexport const same = (other: import('./other.ts').Same): Same => other;\n",
  },
  'dependency-1': {
    'src/index.ts': "import { dependency } from 'dependency';\nexport const b: number = dependency.a;\n",
  },
};

/** What packages do to those that do not import them, if they are in one program. */
export const affecting: Packages = {
  'declares-global': { 'src/index.ts': 'declare global {\n  var flag: boolean;\n}\nexport const declared = 1;\n' },
  'imports-global': { 'src/index.ts': "import '@s/declares-global';\nexport const flagged: string = flag;\n" },
  'misses-global': { 'src/index.ts': 'export const flagged = flag;\n' },
  base: { 'src/index.ts': 'export interface Base {\n  readonly a: string;\n}\n' },
  augments: {
    'src/index.ts':
      "import type { Base } from '@s/base';\ndeclare module '@s/base' {\n  interface Base {\n    readonly more: string;\n  }\n}\nexport type { Base };\n",
  },
  'misses-augmentation': {
    'src/index.ts': "import type { Base } from '@s/base';\nexport const more = (base: Base) => base.more;\n",
  },
  'augments-absent': {
    'src/index.ts':
      "declare module 'dependency' {\n  interface Dependency {\n    readonly b: string;\n  }\n}\nexport const four = 4;\n",
  },
  'imports-both': { 'src/index.ts': "import 'dependency';\nimport '@s/augments-absent';\n" },
  'has-script': {
    'src/globals.d.ts': 'declare namespace Script {\n  export interface Thing {}\n}\ndeclare const script: 1;\n',
  },
  'misses-script': { 'src/index.ts': 'export const missed: Script.Thing = script;\n' },
  'references-library': { 'src/index.ts': '/// <reference lib="dom" />\nexport const title = document.title;\n' },
  'misses-library': { 'src/index.ts': 'export const title = document.title;\n' },
  'declares-umd': { 'src/umd.d.ts': 'export as namespace Umd;\nexport declare const umd: number;\n' },
  'misses-umd': { 'src/index.ts': 'export type Missed = typeof Umd.umd;\n' },
  'broken-syntax': { 'src/index.ts': 'export const broken = ;\nexport const hidden: string = 1;\n' },
  'imports-broken': {
    'src/index.ts': "import { broken } from '@s/broken-syntax';\nexport const own: string = broken;\n",
  },
  'declares-x': { 'src/index.ts': 'declare global {\n  var x: string;\n}\nexport const one = 1;\n' },
  'declares-x-too': { 'src/index.ts': 'declare global {\n  var x: number;\n}\nexport const two = 2;\n' },
  'imports-one-two': { 'src/index.ts': "import '@s/declares-x';\nimport '@s/declares-x-too';\n" },
  'imports-two-one': { 'src/index.ts': "import '@s/declares-x-too';\nimport '@s/declares-x';\n" },
};

/** What only a program of its own says. */
export const alone: Packages = {
  'own-options': {
    'tsconfig.json': '{ "extends": "../../tsconfig.json", "include": ["src"], "compilerOptions": { "strict": false } }',
    'src/index.ts': 'export const loose = (any) => any;\n',
  },
  'own-types': {
    'src/index.ts': 'export const own = thing;\n',
    'node_modules/@types/thing/index.d.ts': 'declare const thing: number;\n',
  },
  empty: {},
  'broken-configuration': { 'tsconfig.json': '{ "extends": ', 'src/index.ts': 'export const fine = 1;\n' },
  'no-configuration': { 'tsconfig.json': '', 'src/index.ts': 'export const fine = 1;\n' },
  'own-dependency': {
    'src/index.ts':
      "import '@s/dependency-1';\nimport { dependency } from 'dependency';\nexport const b: number = dependency.a;\n",
    'node_modules/dependency/package.json': manifestOf('dependency', '1.0.0'),
    'node_modules/dependency/index.d.ts': DEPENDENCY,
  },
  outer: { 'src/index.ts': 'export const outer: string = 1;\n' },
};

/** Packages that are installed. */
export const installed: Packages = {
  dependency: { 'package.json': manifestOf('dependency', '1.0.0'), 'index.d.ts': DEPENDENCY },
};
