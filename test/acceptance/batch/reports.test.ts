import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneTest } from './kinds/kind.ts';
import { createTenPackages, NAMES, type TenPackages } from './ten-packages.ts';

let workspace: TenPackages;

beforeAll(async () => {
  workspace = await createTenPackages();
});
afterAll(() => workspace.remove());

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string }[];
  }[];
}

test('each suite has its own reports, which count each test once', async () => {
  await workspace.plant({
    ...oneTest('expect(1).toBe(2);'),
    'src/second.test.ts': "import { test } from 'vitest';\n\ntest('another', () => {});\n",
  });
  const { output, tasks } = await workspace.runTasks('unit', undefined, { CI: '1' });
  const folder = join(workspace.root, '.vitest/reports');
  const names = await readdir(folder);
  const read = (ending: string) =>
    Promise.all(names.filter((name) => name.endsWith(ending)).map((name) => workspace.read(`.vitest/reports/${name}`)));
  const reports = (await read('.json')).map((text): Report => JSON.parse(text));
  const suites = reports.map(({ testResults }) => [
    ...new Set(testResults.map(({ name }) => /packages\/([^/]+)\//.exec(name)?.[1])),
  ]);
  expect(suites.map((suite) => suite.join()).sort(), output).toEqual(NAMES);
  const tests = reports.flatMap(({ testResults }) =>
    testResults.flatMap(({ name, assertionResults }) => assertionResults.map(({ fullName }) => `${name} ${fullName}`)),
  );
  expect(tests).toHaveLength(NAMES.length + 1);
  expect(new Set(tests).size).toBe(tests.length);
  const xml = await read('.xml');
  expect(xml).toHaveLength(NAMES.length);
  expect(xml.flatMap((text) => text.match(/<testcase /g) ?? [])).toHaveLength(tests.length);
  expect(xml.filter((text) => text.includes('<failure'))).toHaveLength(1);
  expect([...tasks.values()].filter(({ isGreen }) => !isGreen).map(({ id }) => id)).toEqual(['p5:unit']);
});
