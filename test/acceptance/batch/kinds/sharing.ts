import { type Files, manifestOf } from '../ten-packages.ts';
import type { Kind } from './kind.ts';

/** Packages on both sides of the guilty one, for the threads of a batch take them in this order. */
const USERS = ['p3', 'p4', 'p6', 'p7', 'p8'];

function users(manifest: object, statement: string, expression: string, value: string): Record<string, Files> {
  return Object.fromEntries(
    USERS.map((name) => [
      name,
      {
        'package.json': manifestOf(name, manifest),
        'src/index.test.ts': `import { expect, test } from 'vitest';\n${statement}\n\ntest('as new', () => expect(${expression}).toBe(${value}));\n`,
      },
    ]),
  );
}

function changes(manifest: object, statement: string, change: string): Files {
  return {
    'package.json': manifestOf('p5', manifest),
    'src/index.test.ts': `import { expect, test } from 'vitest';\n${statement}\n\ntest('changes it', () => {\n  ${change}\n  expect(1).toBe(2);\n});\n`,
  };
}

const library = { dependencies: { '@splitlevel/p0': '*' } };
const further = { dependencies: { '@splitlevel/p1': '*' } };
const installed = { dependencies: { 'bignumber.js': '11.1.5' } };
const counter = "import { counter } from '@splitlevel/p0';";
const numbers = "import { BigNumber } from 'bignumber.js';";

/** State of modules that several packages load. */
export const sharing: readonly Kind[] = [
  {
    name: 'state in a library of the workspace',
    files: changes(library, counter, 'counter.count = 7;'),
    others: {
      ...users(library, counter, 'counter.count', '0'),
      p0: { 'src/index.ts': "export const name = 'p0';\nexport const counter = { count: 0 };\n" },
    },
    says: /changes it/,
  },
  {
    name: 'state in a library behind another',
    files: changes(further, counter.replace('p0', 'p1'), 'counter.count = 7;'),
    others: {
      ...users(further, counter.replace('p0', 'p1'), 'counter.count', '0'),
      p0: { 'src/index.ts': "export const name = 'p0';\nexport const counter = { count: 0 };\n" },
      p1: {
        'package.json': manifestOf('p1', library),
        'src/index.ts': "export { counter } from '@splitlevel/p0';\nexport const name = 'p1';\n",
      },
    },
    says: /changes it/,
  },
  {
    name: 'state in a module of a third party',
    files: changes(installed, numbers, 'BigNumber.config({ DECIMAL_PLACES: 2 });'),
    others: users(installed, numbers, 'new BigNumber(1).div(3).toString().length', '22'),
    says: /changes it/,
  },
];
