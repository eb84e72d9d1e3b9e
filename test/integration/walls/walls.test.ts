import { expect, test } from 'vitest';
import { circlesIn, type Import, importsOf } from './imports.ts';

/** The packages that each package may import. The root's generators are part of `generators`. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  guards: [],
  openapi: [],
  testkit: ['guards', 'openapi'],
  generators: ['guards', 'openapi'],
  // The format of the evidence, and nothing else: see below.
  ci: ['testkit'],
  standard: ['guards', 'generators'],
  // Not by splitlevel: it brings a parser and a printer of code along, and is installed where it is wanted.
  levels: ['generators', 'testkit'],
  splitlevel: ['guards', 'testkit', 'generators', 'ci', 'standard'],
  // Not by splitlevel: who makes a repository need not install the servers of its tests first.
  'create-splitlevel': ['generators'],
};
const NAMES = Object.keys(MAY_IMPORT);

const ofPackages = importsOf(...NAMES.map((name) => `packages/${name}`));
const ofRoot = importsOf('generators', 'test', 'bench', 'plopfile.ts', 'vitest.config.ts');

test('a package is entered by its name, never by the path of a file in its src folder', () => {
  const byPath = [...ofPackages, ...ofRoot].filter(({ from, to }) => {
    if (to === undefined || packageOf(from) === packageOf(to)) {
      return false;
    }
    // The published face of the root's generators.
    if (from.startsWith('packages/generators/src/') && to.startsWith('generators/')) {
      return false;
    }
    // A benchmark measures a part by itself.
    if (from.startsWith('bench/')) {
      return false;
    }
    return from.startsWith('packages/') || /^packages\/[^/]+\/src\//.test(to);
  });
  expect(byPath).toEqual([]);
});

test.each(NAMES)('%s imports no package but those below it', (name) => {
  const ofGenerators = (each: Import) =>
    name === 'generators' && each.from.startsWith('generators/') && !each.from.endsWith('.test.ts');
  const imports = [...ofPackages, ...ofRoot].filter((each) => packageOf(each.from) === name || ofGenerators(each));
  expect(imports.length).toBeGreaterThan(0);
  const allowed = [name, ...(MAY_IMPORT[name] ?? [])];
  const wrong = imports.filter((each) => {
    const [, imported] = /^(?:@splitlevel\/)?([^/]+)/.exec(each.name ?? '') ?? [];
    return imported !== undefined && NAMES.includes(imported) && !allowed.includes(imported);
  });
  expect(wrong).toEqual([]);
});

test.each([['ci'], ['levels']])("of the testkit, %s imports the evidence's format alone", (importer) => {
  const imports = ofPackages.filter(
    ({ from, name }) => packageOf(from) === importer && name?.startsWith('@splitlevel/testkit'),
  );
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter(({ name }) => name !== '@splitlevel/testkit/evidence')).toEqual([]);
});

test.each([['packages'], ['generators']])('no files below %s import each other in a circle', (folder) => {
  const imports = [...ofPackages, ...ofRoot].filter(({ from }) => from.startsWith(`${folder}/`));
  expect(imports.length).toBeGreaterThan(100);
  expect(circlesIn(imports)).toEqual([]);
});

const TESTKIT = 'packages/testkit/src/';

/** The rooms of the testkit by what their paths begin with, and which of them each may import. The first that fits counts. */
const ROOMS: readonly (readonly [room: string, mayImport: readonly string[]])[] = [
  ['evidence/', []],
  ['servers/', ['evidence/']],
  ['kinds/shared/', ['servers/', 'evidence/']],
  ['kinds/table.ts', ['kinds/', 'kinds/shared/', 'servers/']],
  // A folder for each kind, of which none knows another.
  ['kinds/', ['kinds/shared/', 'servers/', 'evidence/']],
  ['assertions/', ['kinds/', 'kinds/shared/', 'servers/', 'evidence/']],
];

test('in the testkit imports run one way: assertions, kinds of servers, servers', () => {
  const imports = ofPackages.filter(({ from }) => from.startsWith(TESTKIT) && !from.endsWith('.test.ts'));
  const against = imports.filter(({ from, to }) => {
    const [room, mayImport] = roomOf(from) ?? [];
    if (to === undefined || room === undefined) {
      return false;
    }
    if (kindOf(from) === kindOf(to) && roomOf(to)?.[0] === room) {
      return false;
    }
    return !mayImport?.includes(roomOf(to)?.[0] ?? 'the entries');
  });
  expect(imports.filter(({ from }) => roomOf(from) !== undefined).length).toBeGreaterThan(500);
  expect(against).toEqual([]);
});

function roomOf(path: string): (typeof ROOMS)[number] | undefined {
  return ROOMS.find(([room]) => path.startsWith(`${TESTKIT}${room}`));
}

function kindOf(path: string): string | undefined {
  return /^kinds\/([^/]+)\//.exec(path.slice(TESTKIT.length))?.[1];
}

/** Tests of a package that take too long for its own suite belong to it. */
function packageOf(path: string): string | undefined {
  return /^(?:packages|test\/acceptance(?=\/(?:guards|testkit)\/))\/([^/]+)\//.exec(path)?.[1];
}
