import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentAt, documents, examplesOf } from '../../documents/read-documents.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';
import { trackedFiles } from '../../tracked-files.ts';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

test('the README is short', () => {
  expect(documentAt('README.md').text.split(/\s+/).length).toBeLessThanOrEqual(500);
});

describe('a message is in the source as the document has it', () => {
  const sources = trackedFiles('packages/*/src/**', 'packages/*/bin/**', 'generators/**')
    .filter((path) => /\.(ts|js|sql)$/.test(path))
    .filter((path) => !path.endsWith('.test.ts') && !path.startsWith('packages/pricing/'))
    .map(read);
  const messages = [...documentAt('docs/troubleshooting.md').text.matchAll(/^\| `([^`]+)`/gm)].map(
    ([, message = '']) => message,
  );

  test('there are some', () => {
    expect(messages.length).toBeGreaterThan(20);
    expect(sources.length).toBeGreaterThan(200);
  });

  test.each(messages)('%s', (message) => {
    const parts = message.split('…').filter((part) => part.trim() !== '');
    const holding = sources.filter((source) => parts.every((part) => source.includes(part)));
    expect(holding, 'the files that have all parts of it').not.toEqual([]);
  });
});

describe('docs/testkit.md has every export of the testkit', () => {
  const api = read('packages/testkit/api.txt');
  const types = namesOf(/^export (?:class|interface|type) (\w+)|^export \{ (\w+) \}/gm);
  const values = namesOf(/^export (?:function|const) (\w+)/gm);
  const { text } = documentAt('docs/testkit.md');
  const code = documents.flatMap(examplesOf).map(({ code: each }) => each);

  function namesOf(pattern: RegExp): readonly string[] {
    return [...api.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
  }

  test('there are some', () => {
    expect([types.length, values.length]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Math.min(types.length, values.length)).toBeGreaterThan(30);
  });

  test.each([...types, ...values, ...namesOf(/^export default function (\w+)/gm)])('%s', (name) => {
    expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test.each(values)('%s in an example', (name) => {
    expect(code.some((each) => new RegExp(`\\b${name}\\b`).test(each))).toBe(true);
  });
});

test('documents do not speak of the folders of one machine', () => {
  for (const { path, text } of documents) {
    expect(text, path).not.toMatch(/\/(home|tmp|work|Users)\//);
  }
});
