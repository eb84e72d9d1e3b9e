import type { Kind } from './kind.ts';

/** What Biome tells of one package. */
export const linting: readonly Kind[] = [
  { name: 'an error', files: { 'src/guilty.ts': 'debugger;\n' }, says: /p5\/src\/guilty\.ts:1:1: lint.*noDebugger/ },
  {
    name: 'a warning',
    files: { 'src/guilty.ts': "import { name } from './index.ts';\n\nexport const a = 1;\n" },
    says: /noUnusedImports.*Found 1 warning/s,
  },
  { name: 'a file that does not parse', files: { 'src/guilty.ts': 'const = ;\n' }, says: /guilty\.ts:1:7: parse/ },
  { name: 'JSON that does not parse', files: { 'guilty.json': '{ "a": \n' }, says: /guilty\.json:\d+:\d+: parse/ },
  {
    name: 'a difference of format',
    files: { 'src/guilty.ts': 'export  const a = 1\n' },
    says: /guilty\.ts: format/,
  },
  {
    name: 'imports out of order',
    files: {
      'src/guilty.ts':
        "import 'node:path';\nimport { b } from './b.ts';\nimport { a } from './a.ts';\n\nexport { a, b };\n",
    },
    says: /guilty\.ts.*organizeImports/,
  },
  {
    name: 'an import that is not declared',
    files: { 'src/guilty.ts': "import { sql } from 'kysely';\n\nexport const query = sql;\n" },
    says: /guilty\.ts:1:\d+: lint.*noUndeclaredDependencies/,
  },
  {
    name: 'a promise that nobody waits for',
    files: { 'src/guilty.ts': 'async function start(): Promise<void> {}\n\nstart();\n' },
    says: /guilty\.ts:3:1: lint.*noFloatingPromises/,
  },
  {
    name: 'a suppression without effect',
    files: { 'src/guilty.ts': '// biome-ignore lint/suspicious/noDebugger: none\nexport const a = 1;\n' },
    says: /guilty\.ts:1:1: suppressions\/unused/,
  },
  {
    name: 'a file that is too large',
    files: { 'src/guilty.ts': `${' '.repeat(1_200_000)}\n` },
    says: /guilty\.ts: check: The size of the file is 1\.\d MiB/,
  },
  {
    name: 'a problem in a nested project',
    files: { 'inner/project.json': '{ "name": "inner" }\n', 'inner/guilty.ts': 'debugger;\n' },
    says: /p5\/inner\/guilty\.ts:1:1: lint.*noDebugger/,
  },
  {
    name: "a folder that is named as another's",
    files: { 'src/packages/p4/a file.ts': 'debugger;\n' },
    says: /packages\/p5\/src\/packages\/p4\/a file\.ts:1:1: lint.*noDebugger/,
  },
  {
    name: 'a package whose files are all ignored',
    files: { 'biome.json': '{ "root": false, "extends": "//", "files": { "includes": ["!**"] } }\n' },
    says: /packages\/p5: no file was checked/,
  },
  {
    name: 'settings of its own',
    files: {
      'biome.json': '{ "root": false, "extends": "//", "linter": { "enabled": false } }\n',
      'src/guilty.ts': 'debugger;\n',
    },
    says: /Checked \d files/,
    saysAlone: /Checked 6 files/,
    isGreen: true,
  },
];
