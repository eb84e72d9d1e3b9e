import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TemplateGenerator } from '../../generators/engine/generator.ts';
import { loadGenerators } from '../../generators/engine/load-generators.ts';
import { readWorkspace } from '../../generators/engine/workspace.ts';
import { generator as update } from '../../generators/update/generator.ts';
import { PLACES } from '../../generators/update/settings.ts';
import { createEarlierWorkspace, type EarlierWorkspace, type Texts } from '../acceptance/update/earlier-workspace.ts';
import { type Given, generate } from '../generate.ts';
import { type RecordedRun, recordIn } from '../record-in.ts';
import { sample } from '../sample.ts';
import { repositoryRoot } from '../scratch-workspace.ts';
import { givenBy, kindsOf, rowsOf, sortGenerators } from './rows.ts';

vi.setConfig({ testTimeout: 60 * 60_000 });

/** A package that is made by these runs, in order, with what the row gives the last of them. */
type Runs = readonly (readonly [generator: TemplateGenerator, given: Given])[];

const NAME = 'orders';
const FOLDER = `packages/${NAME}`;
const ADDED = 'added';

let workspace: EarlierWorkspace;
let makers: readonly TemplateGenerator[];
let adders: readonly TemplateGenerator[];
beforeAll(async () => {
  workspace = await createEarlierWorkspace();
  ({ makers, adders } = sortGenerators(await loadGenerators(repositoryRoot)));
});
afterAll(() => workspace?.remove());

test('a package that is made becomes that of the next row by --set, and so on to the first again', async () => {
  for (const generator of makers) {
    const { rows } = await rowsOf(generator, readWorkspace(workspace.root));
    await expectRound(
      generator.name,
      rows.map((row) => [[generator, new Map([...givenBy(row, NAME), ['name', NAME]])]]),
    );
  }
});

test('so does what was added to one of every kind', async () => {
  const settable = adders.filter(({ options }) => Object.keys(options).some((option) => !PLACES.includes(option)));
  expect(settable.length).toBeGreaterThan(1);
  for (const maker of makers) {
    for (const kind of await kindsOf(maker, readWorkspace(workspace.root))) {
      const base: Runs = [[maker, givenBy(kind, NAME)]];
      await make(base);
      for (const generator of settable) {
        const { rows } = await rowsOf(generator, readWorkspace(workspace.root), [NAME]);
        await expectRound(
          `${generator.name} to ${JSON.stringify(Object.fromEntries(base[0]?.[1] ?? []))}`,
          rows.map((row) => [...base, [generator, new Map([...givenBy(row, ADDED), ['name', ADDED]])]]),
        );
        await make(base);
      }
    }
  }
});

/** Each package becomes the next one by `--set`, equal to the byte to one that is made so. */
async function expectRound(name: string, packages: readonly Runs[]): Promise<void> {
  if (packages.length === 0) {
    return; // not for this kind of package
  }
  const steps = packages.map((from, index) => ({ from, to: packages[(index + 1) % packages.length] ?? from, index }));
  for (const { from, to } of sample(`${name}: changes by --set`, steps, 1 / 6, ({ index }) => String(index))) {
    const goal = await make(to);
    const answers = answersOf(to);
    await make(from);
    const settings = settingsBetween(answersOf(from), answers);
    const said = `${name}: ${settings.join(' ')}`;
    const outcome = await workspace.generate(update, { package: [NAME], set: settings, prove: 'none' });
    expect(outcome.conflicts, said).toBeUndefined();
    const reached = workspace.texts(FOLDER);
    expect([...reached.keys()], said).toEqual([...goal.keys()]);
    expect(Object.fromEntries(reached), said).toEqual(Object.fromEntries(goal));
  }
}

async function make(runs: Runs): Promise<Texts> {
  workspace.clear();
  for (const [generator, given] of runs) {
    expect(await generate(generator, given, workspace.root)).toBe('written');
  }
  return workspace.texts(FOLDER);
}

/** The answers of the package's runs, as a user gives them: documents lie where they were taken from. */
function answersOf(runs: Runs): readonly RecordedRun['answers'][] {
  return recordIn(workspace.root, FOLDER).map(({ answers }, index) => {
    const given = Object.entries(answers).map(([name, answer]) => [name, runs[index]?.[1].get(name) ?? answer]);
    return Object.fromEntries(given);
  });
}

/** What `--set` is told so that runs with some answers become runs with others. */
function settingsBetween(
  from: readonly RecordedRun['answers'][],
  to: readonly RecordedRun['answers'][],
): readonly string[] {
  return to.flatMap((answers, index) => {
    const changed = Object.entries(answers).filter(([option, value]) => {
      return !PLACES.includes(option) && JSON.stringify(value) !== JSON.stringify(from[index]?.[option]);
    });
    return changed.map(([option, value]) => `${index === 0 ? '' : `${ADDED}.`}${option}=${String(value)}`);
  });
}
