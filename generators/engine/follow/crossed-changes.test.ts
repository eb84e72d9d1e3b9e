import { expect, test } from 'vitest';
import type { Change, Generator } from '../generator.ts';
import type { Tree } from '../merge/tree.ts';
import type { RunRecord } from '../record/run-record.ts';
import { crossedChanges, modified } from './crossed-changes.ts';

const changes: readonly Change[] = ['1.10.0', '1.2.0', '2.0.0'].map((version) => ({
  version,
  note: `new in ${version}`,
}));
const generators = [{ name: 'service', changes } as unknown as Generator];

function run(generator: string, version: string): RunRecord {
  return { id: `1-${generator}`, generator, version, templates: '', answers: {}, after: [], files: new Map() };
}

test.each([
  ['1.1.0', ['1.2.0', '1.10.0', '2.0.0']],
  ['1.2.0', ['1.10.0', '2.0.0']],
  ['2.0.0', []],
])('from %s, later versions are crossed, in their order', (version, crossed) => {
  expect(crossedChanges([run('service', version)], generators).map((each) => each.version)).toEqual(crossed);
});

test('each once, whatever the number of runs, and none of other generators', () => {
  const runs = [run('service', '1.2.0'), run('service', '1.2.0'), run('stub', '1.0.0')];
  expect(crossedChanges(runs, generators)).toHaveLength(2);
});

test('code is modified in one version after the other; modes, symlinks and binary files stay', () => {
  const replace = (from: string, to: string): Change['modify'] => {
    return (files) => new Map([...files].map(([path, text]) => [path, text.replaceAll(from, to)]));
  };
  const tree: Tree = new Map([
    ['a.sh', { mode: '100755', content: Buffer.from('one') }],
    ['link', { mode: '120000', content: Buffer.from('one') }],
    ['b.bin', { mode: '100644', content: Buffer.from('one\0') }],
  ]);
  const steps = [
    { version: '1.0.0', note: '', modify: replace('one', 'two') },
    { version: '2.0.0', note: '', modify: replace('two', 'three') },
  ];
  const texts = [...modified(tree, steps as readonly Change[])].map(([path, file]) => [
    path,
    file.mode,
    String(file.content),
  ]);
  expect(texts.toSorted()).toEqual([
    ['a.sh', '100755', 'three'],
    ['b.bin', '100644', 'one\0'],
    ['link', '120000', 'one'],
  ]);
});
