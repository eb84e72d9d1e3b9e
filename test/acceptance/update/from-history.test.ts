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
import { type EarlierPackage, type EarlierState, earlierStates } from '../../history/earlier-states.ts';
import { sample, whole } from '../../sample.ts';
import { createEarlierWorkspace, type EarlierWorkspace, type Texts } from './earlier-workspace.ts';
import {
  deletedTests,
  dependencyRaised,
  lineInAThird,
  lostLines,
  moved,
  type OwnersEdits,
  realistic,
} from './owners-edits.ts';
import { redChecks } from './red-checks.ts';

/** Which of the earlier states: all of them, a sample, or those that SPLITLEVEL_STATES names by their positions. */
const named = process.env.SPLITLEVEL_STATES?.split(',').map(Number);
const all = earlierStates().map((state, index) => ({ state, index }));
const states = named
  ? all.filter(({ index }) => named.includes(index))
  : sample('earlier states', all, whole ? 1 : 1 / all.length, ({ state }) => state.date);

const REFORMATTED = 'every file reformatted';
const KINDS: Readonly<Record<string, OwnersEdits>> = {
  none: (files) => files,
  realistic,
  'a line in a third of the files': lineInAThird,
  'files renamed and moved': moved,
  'tests deleted': deletedTests,
  [REFORMATTED]: lineInAThird,
  'an addition before and one after': (files) => files,
  'a dependency raised': dependencyRaised,
};
/** What nobody edited is always among them. */
const kinds = ['none', ...sample('kinds of edits', Object.keys(KINDS).slice(1), 1 / 3, (kind) => kind)];
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
const updates: Updated[] = [];

beforeAll(async () => {
  workspace = await createEarlierWorkspace();
});
afterAll(() => workspace?.remove());

describe.each(states)('from the state $index, $state.name', ({ state, index }) => {
  test.each(kinds)('owner’s edits: %s', async (kind) => {
    const usual = readFileSync(settings(), 'utf8');
    try {
      workspace.put(state.packages, state);
      const bases = textsOf(state);
      editAll(kind, bases, state);
      if (kind === REFORMATTED) {
        writeFileSync(settings(), restyled(usual));
        await reformat(state);
      }
      workspace.commit();
      if (kind.startsWith('an addition')) {
        await addTo(state, 'before');
        workspace.commit();
      }
      const owned = textsOf(state);
      const { conflicts = [] } = await workspace.generate(update, { all: true, prove: 'none' });
      const results = textsOf(state);
      // Whatever is left to resolve is taken for resolved: an update would refuse it.
      workspace.commit();
      const again = await workspace.generate(update, { all: true, prove: 'none' });
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
        expectKept(updated, kind === REFORMATTED ? KINDS[kind]?.(base) : ours);
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
      writeFileSync(settings(), usual);
    }
  });
});

test('what was green stays green where no conflict is shown', {
  timeout: 600_000 + states.length * 60_000,
}, async () => {
  workspace.clear();
  const usual = readFileSync(settings(), 'utf8');
  const nameOf = ({ index, kind, pack }: Updated) => `s${index}-${Object.keys(KINDS).indexOf(kind)}-${pack.name}`;
  const after = (part: readonly Updated[]) =>
    redChecks(workspace, new Map(part.map((each) => [nameOf(each), filesOf(each.result)])));
  const before = (part: readonly Updated[]) =>
    redChecks(workspace, new Map(part.map((each) => [nameOf(each), filesOf(each.ours)])));
  const clean = updates.filter(({ kind, conflicts }) => kind !== 'none' && conflicts.length === 0);
  const failures: string[] = [];
  try {
    for (const isRestyled of [false, true]) {
      writeFileSync(settings(), isRestyled ? restyled(usual) : usual);
      const part = clean.filter(({ kind }) => (kind === REFORMATTED) === isRestyled);
      const red = await after(part);
      const suspects = part.filter((each) => red.has(nameOf(each)));
      const known = await before(suspects);
      for (const each of suspects) {
        const turned = [...(red.get(nameOf(each)) ?? [])].filter(([check]) => !known.get(nameOf(each))?.has(check));
        failures.push(...turned.map(([check, said]) => `${nameOf(each)}, ${each.kind}: ${check}\n${said}`));
      }
    }
  } finally {
    writeFileSync(settings(), usual);
  }
  console.log(`${clean.length} packages were checked`);
  tell();
  expect(failures.join('\n')).toBe('');
});

function settings(): string {
  return join(workspace.root, 'biome.json');
}

function restyled(text: string): string {
  return JSON.stringify({ ...JSON.parse(text), ...OTHER_STYLE });
}

/** Prints the conflicts per package and kind of edits. */
function tell(): void {
  for (const kind of kinds) {
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

async function reformat({ packages }: EarlierState): Promise<void> {
  const folders = packages.map(({ folder }) => folder);
  const options = ['--linter-enabled=false', '--vcs-enabled=false'];
  const { code, stderr } = await workspace.run('biome', ['check', '--write', ...options, ...folders]);
  expect(code, stderr).toBe(0);
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
      await workspace.generate(generator, given);
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
  workspace.clear();
  for (const { name, folder, files } of packages) {
    const result = results.get(name) as Texts;
    // Where today's templates make the same files nothing is written, the record neither.
    const isSame = [...files].every(([path, { content }]) => result.get(path) === String(content));
    for (const { generator, answers } of runsOf(result)) {
      await workspace.generate(GENERATORS.find((each) => each.name === generator) as Generator, answers);
    }
    const [updated, made] = [result, workspace.texts(folder)].map((texts) =>
      Object.fromEntries(
        [...texts].filter(([path]) => !path.startsWith('migrations/') && !(isSame && path.startsWith('.splitlevel/'))),
      ),
    );
    expect(updated, name).toEqual(made);
  }
}

function runsOf(texts: Texts): readonly { generator: string; answers: Readonly<Record<string, unknown>> }[] {
  const runs = [...texts].filter(([path]) => path.startsWith('.splitlevel/runs/'));
  return runs.toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, text]) => JSON.parse(text));
}
