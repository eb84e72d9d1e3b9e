import { dirname, join } from 'node:path';
import { type ExtendCall, readSource, type Source } from './read-source.ts';

/** More modules than this behind one test file are not read. */
const LIMIT = 500;

/**
 * The kinds of need that a test file uses, as its source says: the fixtures that its tests take, and those that these
 * are built on. Needs that the source does not show are left out, and found by the tests.
 * @param kinds the functions that declare needs.
 * @param read resolves with a file's text, or undefined if there is none.
 */
export function usedNeeds(
  testFile: string,
  kinds: readonly string[],
  read: (path: string) => string | undefined,
): ReadonlySet<string> {
  const sources = sourcesBehind(testFile, kinds, read);
  if (!sources.some(({ createsTest }) => createsTest)) {
    return new Set();
  }
  if (sources.some(({ choosesTests }) => choosesTests)) {
    return new Set();
  }
  const fixtures = new Map(sources.flatMap(({ extends: calls }) => calls.map((call) => [call.name, call] as const)));
  const needs = new Map(sources.flatMap((source) => source.needs));
  const used = new Set(sources.flatMap(({ takes }) => takes));
  for (const call of fixtures.values()) {
    if (call.isAutomatic) {
      used.add(call.name);
    }
  }
  for (const name of used) {
    for (const base of basesOf(fixtures.get(name), name)) {
      used.add(base);
    }
  }
  return new Set([...used].flatMap((name) => needs.get(name) ?? []));
}

/** The fixtures that a fixture is built on; one that extends itself means the one before it. */
function basesOf(call: ExtendCall | undefined, name: string): readonly string[] {
  return call?.takes.filter((base) => base !== name) ?? [];
}

/** The test file and the modules of its suite's folder that it imports. */
function sourcesBehind(
  testFile: string,
  kinds: readonly string[],
  read: (path: string) => string | undefined,
): Source[] {
  const folder = /^.*\/integration(?=\/)/.exec(testFile)?.[0] ?? dirname(testFile);
  const paths = new Set([testFile]);
  const sources: Source[] = [];
  for (const path of paths) {
    const text = paths.size > LIMIT ? undefined : read(path);
    if (text === undefined) {
      continue;
    }
    const source = readSource(text, kinds);
    sources.push(source);
    for (const specifier of source.imports) {
      const target = join(dirname(path), specifier).replace(/\.js$/, '.ts');
      if (target.startsWith(`${folder}/`)) {
        paths.add(/\.[cm]?[jt]sx?$/.test(target) ? target : `${target}.ts`);
      }
    }
  }
  return sources;
}
