import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type EarlierPackage, type EarlierState, earlierStates, STATES_FILE } from '../../history/earlier-states.ts';

const MOST_BYTES = 150_000;

let states: readonly EarlierState[];
let packages: readonly EarlierPackage[];
beforeAll(() => {
  states = earlierStates();
  packages = states.flatMap((state) => state.packages);
});

test('there are some dozens of states, from the oldest to the newest, in a small file', () => {
  expect(states.length).toBeGreaterThanOrEqual(36);
  expect(readFileSync(STATES_FILE).length).toBeLessThan(MOST_BYTES);
  const dates = states.map(({ date }) => date);
  expect(dates).toEqual([...new Set(dates)].toSorted());
  expect(dates.filter((date) => !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(date))).toEqual([]);
  expect(states.filter(({ name, version }) => name === '' || !/^\d+\.\d+\.\d+/.test(version))).toEqual([]);
});

test('states are read once', () => {
  expect(earlierStates()).toBe(states);
});

test('no state is the one before it over again', () => {
  const textOf = (state: EarlierState) => {
    return JSON.stringify(
      state.packages.map(({ files }) => [...files].map(([path, { content }]) => [path, `${content}`])),
    );
  };
  const texts = states.map(textOf);
  expect(states.filter((_, index) => texts[index] === texts[index - 1]).map(({ name }) => name)).toEqual([]);
});

describe('a file of a state', () => {
  test('is text with LF, at a path inside its package, and no record', () => {
    const decoder = new TextDecoder('utf8', { fatal: true });
    for (const { name, files } of packages) {
      for (const [path, { content }] of files) {
        const place = `${name}/${path}`;
        expect(decoder.decode(content), place).toMatch(/^[^\r]*\n$/);
        expect(posix.normalize(path), place).toBe(path);
        expect(path, place).not.toMatch(/^(?:\/|\.\.|\.splitlevel)|\\/);
      }
    }
  });

  test('is what the last run that touched it left', () => {
    for (const { name, runs, files } of packages) {
      const paths = new Set(runs.flatMap((run) => [...run.files.keys()]));
      for (const path of paths) {
        const last = runs.findLast((run) => run.files.has(path))?.files.get(path);
        expect(files.get(path), `${name}/${path}`).toEqual(last);
      }
      expect([...files.keys()]).toEqual([...paths].filter((path) => files.has(path)).toSorted());
    }
  });
});

describe('a run of a state', () => {
  test('makes the package first, then adds to it', () => {
    for (const { name, folder, runs } of packages) {
      const [first, ...additions] = runs;
      expect(folder).toBe(`packages/${name}`);
      expect(['library', 'service']).toContain(first?.generator);
      expect(first?.answers).toMatchObject({ name });
      for (const { generator, answers } of additions) {
        expect(['entity', 'fixture', 'stub']).toContain(generator);
        expect(answers).toMatchObject({ package: name });
      }
    }
  });

  test('has the files that it changed, and no others', () => {
    for (const { name, runs } of packages) {
      const before = new Map<string, string | undefined>();
      for (const { generator, files } of runs) {
        expect(files.size, `${generator} of ${name}`).toBeGreaterThan(0);
        for (const [path, file] of files) {
          const now = file && `${file.mode} ${file.content}`;
          expect(now, `${generator} of ${name}: ${path}`).not.toBe(before.get(path));
          before.set(path, now);
        }
      }
    }
  });
});

describe('the packages of states', () => {
  test('are a small service and a large one, and two libraries since there are libraries', () => {
    const all = states.map((state) => state.packages.map(({ name }) => name).join(' '));
    const first = all.indexOf('money rounding orders billing');
    expect(first).toBeGreaterThan(0);
    expect(new Set(all.slice(0, first))).toEqual(new Set(['orders billing']));
    expect(new Set(all.slice(first))).toEqual(new Set(['money rounding orders billing']));
  });

  test('have both suites, and a manifest and options of the compiler that can be read', () => {
    for (const { name, runs, files } of packages) {
      const paths = [...files.keys()];
      const textOf = (path: string) => files.get(path)?.content.toString('utf8') ?? '';
      expect(JSON.parse(textOf('package.json'))).toMatchObject({ name: expect.stringMatching(`/${name}$`) });
      expect(JSON.parse(textOf('tsconfig.json'))).toHaveProperty('include');
      expect(paths.filter((path) => /^src\/.+\.test\.ts$/.test(path)).length, name).toBeGreaterThan(0);
      const suite = paths.filter((path) => /^integration\/.+\.test\.ts$/.test(path));
      expect(suite.length > 0, name).toBe(runs[0]?.generator === 'service' || runs[0]?.answers.integration === true);
    }
  });

  test('need the servers that the answers name', () => {
    for (const { name, runs, files } of packages) {
      const needs = `${files.get('integration/needs.ts')?.content ?? ''}`;
      const servers = runs.flatMap(({ answers: { database, cache, broker, kind } }) => [database, cache, broker, kind]);
      for (const server of servers.filter((each) => each !== undefined && each !== 'none')) {
        expect(needs, name).toContain(`${server}(`);
      }
    }
  });

  test('were made by every generator of packages, with every server', () => {
    const runs = packages.flatMap((each) => each.runs);
    expect(new Set(runs.map(({ generator }) => generator))).toEqual(
      new Set(['library', 'service', 'stub', 'fixture', 'entity']),
    );
    const valuesOf = (option: string) => new Set(runs.flatMap(({ answers }) => answers[option] ?? []));
    expect(valuesOf('database')).toEqual(new Set(['postgres', 'mariadb']));
    expect(valuesOf('broker')).toEqual(new Set(['none', 'rabbitmq', 'nats']));
    expect(valuesOf('cache')).toEqual(new Set(['none', 'redis']));
    expect(valuesOf('kind')).toEqual(new Set(['redis', 'rabbitmq', 'nats']));
  });
});
