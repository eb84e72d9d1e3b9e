import { expect, test } from 'vitest';
import { includeFolder, wireTargets } from './targets.ts';

test('targets are added as empty entries, and the rest keeps its text', () => {
  const text = '{\n    "name": "a", "files": ["x",   "y"],\n    "nx": { "tags": [] }\n}\n';
  const wired = wireTargets(text, ['unit', 'integration']);
  expect(JSON.parse(wired)).toEqual({
    name: 'a',
    files: ['x', 'y'],
    nx: { tags: [], targets: { unit: {}, integration: {} } },
  });
  expect(wired).toContain('    "name": "a", "files": ["x",   "y"],\n');
});

test('targets that are wired already change nothing', () => {
  const text = '{"nx":{"targets":{"unit":{},"build":{"command":"x"}}}}';
  expect(wireTargets(text, ['unit'])).toBe(text);
});

test('a target with rules of its own gets the shared ones', () => {
  expect(JSON.parse(wireTargets('{"nx":{"targets":{"unit":{"command":"jest"}}}}', ['unit']))).toEqual({
    nx: { targets: { unit: {} } },
  });
});

test('scripts of the same names are kept out of Nx', () => {
  const wired = JSON.parse(wireTargets('{"scripts":{"unit":"vitest"}}', ['unit']));
  expect(wired.nx).toEqual({ targets: { unit: {} }, includedScripts: [] });
});

test('a tsconfig.json that lists folders lists the new one', () => {
  expect(includeFolder('{\n  // Why.\n  "include": ["src"]\n}\n', 'integration')).toBe(
    '{\n  // Why.\n  "include": ["src", "integration"]\n}\n',
  );
  for (const text of [
    '{}',
    '{"include":["**/*"]}',
    '{"include":["integration"]}',
    '{"include":["./integration/**"]}',
  ]) {
    expect(includeFolder(text, 'integration')).toBe(text);
  }
});
