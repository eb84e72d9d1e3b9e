import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../../generators/engine/failure.ts';
import type { Generator } from '../../../generators/engine/generator.ts';
import { generator as entity } from '../../../generators/entity/generator.ts';
import { generator as fixture } from '../../../generators/fixture/generator.ts';
import { generator as library } from '../../../generators/library/generator.ts';
import { generator as service } from '../../../generators/service/generator.ts';
import { generator as stub } from '../../../generators/stub/generator.ts';
import { generator as update } from '../../../generators/update/generator.ts';
import { generate } from '../../generate.ts';
import { type EarlierPackage, type EarlierState, earlierStates } from '../../history/earlier-states.ts';
import { sample, whole } from '../../sample.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';
import { createEarlierWorkspace, type EarlierWorkspace, type Texts, textsIn } from './earlier-workspace.ts';
import {
  deletedTests,
  dependencyRaised,
  lineInAThird,
  lostLines,
  moved,
  type OwnersEdits,
  realistic,
} from './owners-edits.ts';
import { type Check, redChecks } from './red-checks.ts';

/** Which of the earlier states: all of them, a sample, or those that SPLITLEVEL_STATES names by their positions. */
const named = process.env.SPLITLEVEL_STATES?.split(',').map(Number);
const all = earlierStates().map((state, index) => ({ state, index }));
const states = named
  ? all.filter(({ index }) => named.includes(index))
  : sample('earlier states', all, whole ? 1 : 3 / all.length, ({ state }) => state.date);

const KINDS: Readonly<Record<string, OwnersEdits>> = {
  none: (files) => files,
  realistic,
  'a line in a third of the files': lineInAThird,
  'files renamed and moved': moved,
  'tests deleted': deletedTests,
  'every file reformatted': lineInAThird,
  'an addition before and one after': (files) => files,
  'a dependency raised': dependencyRaised,
};
const GENERATORS: readonly Generator[] = [library, service, stub, fixture, entity];
const OTHER_STYLE = {
  formatter: { indentStyle: 'space', indentWidth: 4, lineWidth: 80 },
  javascript: { formatter: { quoteStyle: 'double', trailingCommas: 'none' } },
};

/** A package that was updated. */
interface Updated {
  readonly kind: string;
  readonly index: number;
  readonly pack: EarlierPackage;
  readonly base: Texts;
  readonly ours: Texts;
  readonly result: Texts;
  readonly conflicts: readonly string[];
}

let workspace: EarlierWorkspace;
let fresh: ScratchWorkspace;
let checked: ScratchWorkspace;
const updates: Updated[] = [];

beforeAll(async () => {
  workspace = await createEarlierWorkspace();
  fresh = await createScratchWorkspace();
  checked = await createScratchWorkspace();
});
afterAll(() => Promise.all([workspace, fresh, checked].map((each) => each?.remove())));

describe.each(states)('from the state $index, $state.name', ({ state, index }) => {
  test.each(Object.keys(KINDS))('owner’s edits: %s', async (kind) => {
    const settings = join(workspace.root, 'biome.json');
    const usual = readFileSync(settings, 'utf8');
    try {
      workspace.put(state.packages, state);
      const bases = textsOf(state);
      editAll(kind, bases, state);
      if (kind === 'every file reformatted') {
        writeFileSync(settings, JSON.stringify({ ...JSON.parse(usual), ...OTHER_STYLE }));
        reformat(state);
      }
      workspace.commit();
      if (kind.startsWith('an addition')) {
        await addTo(state, 'before');
        workspace.commit();
      }
      const owned = textsOf(state);
      const { conflicts = [] } = await workspace.run(update, { all: true, prove: 'none' });
      const results = textsOf(state);
      const again = await workspace.run(update, { all: true, prove: 'none' });
      expect(again.files.filter(({ fate }) => fate !== 'unchanged').map(({ path }) => path)).toEqual([]);
      expect(again.result).toBe('unchanged');

      for (const pack of state.packages) {
        const [base, ours, result] = [bases, owned, results].map((texts) => texts.get(pack.name) as Texts) as [
          Texts,
          Texts,
          Texts,
        ];
        const own = conflicts.map(({ path }) => path).filter((path) => path.startsWith(`${pack.folder}/`));
        const updated = {
          kind,
          index,
          pack,
          base,
          ours,
          result,
          conflicts: own.map((path) => path.slice(pack.folder.length + 1)),
        };
        updates.push(updated);
        expectKept(updated, kind === 'every file reformatted' ? KINDS[kind]?.(base) : ours);
      }
      if (kind === 'none') {
        expect(conflicts).toEqual([]);
        await expectFresh(state, results);
      }
      if (kind.startsWith('an addition') && conflicts.length === 0) {
        workspace.commit();
        await addTo(state, 'after');
      }
    } finally {
      writeFileSync(settings, usual);
    }
  });
});

test('what was green stays green, unless a conflict is shown or the proof refuses it', async () => {
  const nameOf = ({ index, kind, pack }: Updated) => `s${index}-${Object.keys(KINDS).indexOf(kind)}-${pack.name}`;
  const clean = updates.filter(({ kind, conflicts }) => kind !== 'none' && conflicts.length === 0);
  const styled = (each: Updated) => each.kind === 'every file reformatted';
  const failures: string[] = [];
  for (const part of [clean.filter((each) => !styled(each)), clean.filter(styled)]) {
    await checked.write('biome.json', readFileSync(join(workspace.root, 'biome.json'), 'utf8'));
    if (part.some(styled)) {
      await checked.write(
        'biome.json',
        JSON.stringify({ ...JSON.parse(await checked.read('biome.json')), ...OTHER_STYLE }),
      );
    }
    const after = await redChecks(checked, new Map(part.map((each) => [nameOf(each), filesOf(each.result)])));
    const suspects = part.filter((each) => after.has(nameOf(each)));
    const before =
      suspects.length === 0
        ? new Map()
        : await redChecks(checked, new Map(suspects.map((each) => [nameOf(each), filesOf(each.ours)])));
    for (const each of suspects) {
      const turned = [...(after.get(nameOf(each)) ?? [])].filter(([check]) => !before.get(nameOf(each))?.has(check));
      failures.push(
        ...turned.map(([check, said]: [Check, string]) => `${nameOf(each)} ${each.kind}: ${check}\n${said}`),
      );
    }
  }
  tell();
  expect(failures.join('\n')).toBe('');
});

/** Prints the conflicts per package and kind of edits. */
function tell(): void {
  for (const kind of Object.keys(KINDS)) {
    const own = updates.filter((each) => each.kind === kind);
    const conflicting = own.filter(({ conflicts }) => conflicts.length > 0);
    const count = own.flatMap(({ conflicts }) => conflicts).length;
    console.log(
      `${kind}: ${count} conflicts in ${conflicting.length} of ${own.length} packages (${(count / own.length).toFixed(2)} each)`,
    );
    for (const { index, pack, conflicts } of conflicting) {
      console.log(`  ${index} ${pack.name}: ${conflicts.join(', ')}`);
    }
  }
}

function textsOf({ packages }: EarlierState): ReadonlyMap<string, Texts> {
  return new Map(packages.map(({ name, folder }) => [name, workspace.texts(folder)]));
}

function filesOf(texts: Texts): Texts {
  return new Map([...texts].filter(([path]) => !path.startsWith('.splitlevel/')));
}

function editAll(kind: string, bases: ReadonlyMap<string, Texts>, { packages }: EarlierState): void {
  for (const { name, folder } of packages) {
    const base = bases.get(name) as Texts;
    const edited = KINDS[kind]?.(base) ?? base;
    for (const path of base.keys()) {
      if (!edited.has(path)) {
        rmSync(join(workspace.root, folder, path));
      }
    }
    for (const [path, text] of edited) {
      if (base.get(path) !== text) {
        const file = join(workspace.root, folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
  }
}

function reformat({ packages }: EarlierState): void {
  const folders = packages.map(({ folder }) => folder);
  workspace.tool('biome', ['check', '--write', '--linter-enabled=false', '--vcs-enabled=false', ...folders]);
}

/** Adds to each service: a table before the update, an upstream after it. A refusal by today's generators is no matter of the update. */
async function addTo({ packages }: EarlierState, when: 'before' | 'after'): Promise<void> {
  for (const { name, runs } of packages) {
    if (runs[0]?.generator !== 'service') {
      continue;
    }
    const [generator, given] =
      when === 'before'
        ? [entity, { name: 'owned-thing', package: name }]
        : [stub, { name: 'owned-source', package: name }];
    try {
      await workspace.run(generator, given);
    } catch (error) {
      if (when === 'after' || !(error instanceof Failure)) {
        throw error;
      }
      console.log(`${name}: today’s ${generator.name} refuses: ${error.message.split('\n')[0]}`);
    }
  }
}

/** No line of the owner is lost, no migration is changed, what was deleted stays so, and conflicts are listed. */
function expectKept({ kind, base, ours, result, conflicts, pack }: Updated, written: Texts = ours): void {
  const label = `${pack.name}, ${kind}`;
  expect(lostLines(filesOf(base), filesOf(written), filesOf(result)), label).toEqual([]);
  for (const [path, text] of ours) {
    if (path.startsWith('migrations/')) {
      expect(result.get(path), `${label}: ${path}`).toBe(text);
    }
  }
  for (const path of base.keys()) {
    if (!ours.has(path)) {
      expect(result.has(path), `${label}: ${path} is deleted`).toBe(false);
    }
  }
  const marked = [...result].filter(([, text]) => /^<{7} /m.test(text)).map(([path]) => path);
  expect(
    marked.filter((path) => !conflicts.includes(path)),
    label,
  ).toEqual([]);
}

/** The packages are what today's generators make from the recorded answers, migrations apart. */
async function expectFresh({ packages }: EarlierState, results: ReadonlyMap<string, Texts>): Promise<void> {
  for (const { name, folder } of packages) {
    const result = results.get(name) as Texts;
    rmSync(join(fresh.root, folder), { recursive: true, force: true });
    for (const { generator, answers } of runsOf(result)) {
      const found = GENERATORS.find((each) => each.name === generator) as Generator;
      await generate(found, new Map(Object.entries(answers)), fresh.root);
    }
    const made = textsIn(join(fresh.root, folder));
    rmSync(join(fresh.root, folder), { recursive: true, force: true });
    const withoutMigrations = (texts: Texts) =>
      Object.fromEntries([...texts].filter(([path]) => !path.startsWith('migrations/')));
    expect(withoutMigrations(result), name).toEqual(withoutMigrations(made));
  }
}

function runsOf(texts: Texts): readonly { generator: string; answers: Readonly<Record<string, unknown>> }[] {
  const runs = [...texts].filter(([path]) => path.startsWith('.splitlevel/runs/'));
  return runs.toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, text]) => JSON.parse(text));
}
