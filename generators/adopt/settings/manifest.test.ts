import { expect, test } from 'vitest';
import { settleManifest } from './manifest.ts';

const settle = (text: string, ...suites: ('unit' | 'integration')[]) => settleManifest(text, 'a', suites, '5.1.1');

test('targets are added as empty entries, and the rest keeps its text', () => {
  const text = '{\n    "name": "a", "files": ["x",   "y"],\n    "nx": { "tags": [] }\n}\n';
  const settled = settle(text, 'unit', 'integration').text;
  expect(JSON.parse(settled)).toEqual({
    name: 'a',
    files: ['x', 'y'],
    nx: { tags: [], targets: { lint: {}, typecheck: {}, unit: {}, integration: {} } },
  });
  expect(settled).toContain('    "name": "a", "files": ["x",   "y"],\n');
});

test('targets that are wired already change nothing', () => {
  const text = '{"nx":{"targets":{"lint":{},"typecheck":{},"unit":{},"build":{"command":"x"}}}}';
  expect(settle(text, 'unit')).toEqual({ text, fates: [] });
});

test('a target with rules of its own gets the shared ones, and that is told', () => {
  const { text, fates } = settle('{"nx":{"targets":{"unit":{"command":"jest"}}}}', 'unit');
  expect(JSON.parse(text).nx.targets.unit).toEqual({});
  expect(fates).toEqual([{ setting: 'package.json nx.targets.unit', fate: 'dropped', how: 'nx.json has the rules' }]);
});

test('scripts of the same names are kept out of Nx, and those that run Vitest run the suites', () => {
  const { text, fates } = settle(
    '{"scripts":{"unit":"tsc","test":"TZ=UTC npx vitest run","build":"vite build"}}',
    'unit',
  );
  expect(JSON.parse(text)).toMatchObject({
    scripts: { unit: 'tsc', test: 'nx run-many -t unit -p a', build: 'vite build' },
    nx: { includedScripts: [] },
  });
  expect(fates.map(({ setting, fate }) => `${setting} ${fate}`)).toEqual(['package.json scripts.test rewritten']);
});

test('a Vitest of its own goes, and so does an edge to the testkit', () => {
  const text =
    '{"dependencies":{"pg":"8.0.0"},"devDependencies":{"vitest":"^4.1.0","@vitest/ui":"4.0.0","@shop/testkit":"*"}}';
  const { text: settled, fates } = settle(text, 'unit');
  expect(JSON.parse(settled)).toMatchObject({ dependencies: { pg: '8.0.0' } });
  expect(settled).not.toContain('devDependencies');
  expect(fates.map(({ setting }) => setting)).toEqual([
    'package.json devDependencies.vitest ^4.1.0',
    'package.json devDependencies.@vitest/ui 4.0.0',
    'package.json devDependencies.@shop/testkit *',
  ]);
});
