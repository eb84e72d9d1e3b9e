import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Generator, TemplateGenerator } from '../../generators/engine/generator.ts';
import { loadGenerators } from '../../generators/engine/load-generators.ts';
import { readWorkspace } from '../../generators/engine/workspace.ts';
import type { Given } from '../generate.ts';
import { recordIn } from '../record-in.ts';
import { sample } from '../sample.ts';
import { repositoryRoot, type ScratchWorkspace } from '../scratch-workspace.ts';
import type { CoveringArray } from './covering-array.ts';
import { generateTwice, type UsedLayer } from './generation.ts';
import { type Addition, grow, type Kind } from './growth.ts';
import type { Value } from './option-values.ts';
import { commandAsText, coverageAsText, pairsAsText } from './report.ts';
import { givenBy, kindsOf, rowsOf, sortGenerators, TESTED_ELSEWHERE } from './rows.ts';
import { createMatrixWorkspace, tasksOf, testPackages } from './suites.ts';
import { coverTemplates } from './template-coverage.ts';

vi.setConfig({ testTimeout: 45 * 60_000 });

let workspace: ScratchWorkspace;
let generators: readonly Generator[];
let makers: readonly TemplateGenerator[];
let adders: readonly TemplateGenerator[];
/** The packages whose suites ran. */
const tested: string[] = [];
/** The packages that were made, and the layers of which they were. */
const packages: string[] = [];
const layers: UsedLayer[] = [];
const report: string[] = [];

beforeAll(async () => {
  workspace = await createMatrixWorkspace();
  generators = await loadGenerators(repositoryRoot);
  ({ makers, adders } = sortGenerators(generators));
});
afterEach(() => {
  console.log(report.splice(0).join('\n'));
});
afterAll(() => workspace.remove());

async function make(generator: TemplateGenerator, given: Given): Promise<string> {
  layers.push(...(await generateTwice(generator, given, workspace.root)));
  report.push(commandAsText(generator.name, given));
  return String(given.get('name'));
}

/** Every pair is covered or known to be impossible. A kind of package may be refused, and a list without items; no other value. */
function expectWhole(generator: TemplateGenerator, array: CoveringArray<Value>): void {
  report.push(pairsAsText(generator.name, array));
  const { covered, impossible, total, unusable } = array;
  expect(covered.length + impossible.size).toBe(total);
  expect(
    unusable.filter((value) => !/^package=|=\[\]$/.test(value)),
    pairsAsText(generator.name, array),
  ).toEqual([]);
}

test('every generator is in the matrix, or tested elsewhere', () => {
  const names = [...makers, ...adders].map(({ name }) => name);
  expect([...names, ...Object.keys(TESTED_ELSEWHERE)].toSorted()).toEqual(generators.map(({ name }) => name));
  for (const folder of Object.values(TESTED_ELSEWHERE)) {
    expect(existsSync(join(repositoryRoot, folder))).toBe(true);
  }
});

test('packages are made with every pair of values', async () => {
  for (const generator of makers) {
    const array = await rowsOf(generator, readWorkspace(workspace.root));
    expectWhole(generator, array);
    for (const [index, row] of array.rows.entries()) {
      packages.push(await make(generator, givenBy(row, `${generator.name}-row${index + 1}`)));
    }
  }
});

test('everything is added to every kind of package, one by one, with every pair of values', async () => {
  const kinds: Kind[] = [];
  for (const generator of makers) {
    for (const row of await kindsOf(generator, readWorkspace(workspace.root))) {
      const copy = async (name: string) => {
        packages.push(await make(generator, givenBy(row, name)));
      };
      const name = `grown-${kinds.length + 1}`;
      kinds.push({ name, make: copy });
      await copy(name);
    }
  }
  const additions: Addition[] = [];
  for (const generator of adders) {
    const names = kinds.map(({ name }) => name);
    const array = await rowsOf(generator, readWorkspace(workspace.root), names);
    expectWhole(generator, array);
    for (const [index, row] of array.rows.entries()) {
      additions.push({ generator, given: givenBy(row, `${generator.name}-row${index + 1}`) });
    }
  }
  const run = async ({ generator, given }: Addition) => {
    await make(generator, given);
  };
  const made = new Set<string>();
  for (const [index, kind] of kinds.entries()) {
    // Each begins with another generator, since the first that adds to a package finds another place than the next.
    const order = [...adders.slice(index % adders.length), ...adders.slice(0, index % adders.length)];
    const own = additions.filter(({ given }) => given.get('package') === kind.name);
    const sorted = own.toSorted((left, right) => order.indexOf(left.generator) - order.indexOf(right.generator));
    await grow(kind, sorted, { root: workspace.root, run }, made);
  }
});

test('one package has had everything added to it', () => {
  const added = packages.map((name) => {
    const [, ...additions] = recordIn(workspace.root, `packages/${name}`);
    return new Set(additions.map(({ generator }) => generator)).size;
  });
  expect(Math.max(...added)).toBe(adders.length);
});

/** Rendered for three values together, where no pair is enough; test/acceptance/fixture/ has them. */
const OF_THREE_VALUES = [
  'templates/service/cache-repository/integration/{{entity.kebab}}-cache.test.ts.hbs:37 {{#if broker}}',
];

test('no file and no branch of the templates is left unrendered', () => {
  const coverage = coverTemplates(
    repositoryRoot,
    [...makers, ...adders]
      .map(({ name }) => name)
      .filter((name) => existsSync(join(repositoryRoot, 'templates', name))),
    layers,
  );
  report.push(coverageAsText(coverage));
  expect(coverage.unused).toEqual(OF_THREE_VALUES);
});

test('all that was made is formatted and linted, and green in all its targets', async () => {
  // Of the packages that one command makes, and of those that grew, a share each.
  const [made, grown] = [false, true].map((grows) => packages.filter((name) => name.startsWith('grown-') === grows));
  tested.push(...sample('packages made at once', made ?? [], 1 / 8, (name) => name));
  tested.push(...sample('packages that grew', grown ?? [], 1 / 8, (name) => name));
  const outcome = await testPackages(workspace, tested);
  expect(outcome.code, outcome.stdout + outcome.stderr).toBe(0);
  const { tasks, cached } = tasksOf(outcome);
  report.push(`${tested.length} packages: ${tasks} tasks green, ${cached} of them from the cache`);
  expect(tasks).toBeGreaterThan(3 * tested.length);
});

test('a package that is made again elsewhere as it was is not tested again', async () => {
  const elsewhere = await createMatrixWorkspace();
  try {
    const names: string[] = [];
    for (const generator of makers) {
      const { rows } = await rowsOf(generator, readWorkspace(elsewhere.root));
      // A row may make the name longer.
      const made = rows.map((row, index) => givenBy(row, `${generator.name}-row${index + 1}`));
      const given = made.find((each) => tested.includes(String(each.get('name'))));
      if (given === undefined) {
        continue;
      }
      await generateTwice(generator, given, elsewhere.root);
      names.push(String(given.get('name')));
    }
    expect(names.length).toBeGreaterThan(0);
    const outcome = await testPackages(elsewhere, names);
    const { tasks, cached } = tasksOf(outcome);
    report.push(`made again elsewhere: ${cached} of ${tasks} tasks from the cache`);
    expect({ code: outcome.code, cached }, outcome.stdout).toEqual({ code: 0, cached: tasks });
    expect(tasks).toBeGreaterThan(3 * names.length);
  } finally {
    await elsewhere.remove();
  }
});
