import { expect, test } from 'vitest';
import { completeRecord, draftRecord, hashOf, parseRecord } from './record.ts';

const file = (path: string, text: string) => ({ path, content: Buffer.from(text) });

test('a record has the hashes of the files as they are after formatting', () => {
  const draft = draftRecord({ generator: 'service', version: '1.0.0', answers: { b: [], a: 1 } }, [
    file('a.ts', 'raw'),
    file('b.ts', 'raw'),
  ]);
  const [record] = completeRecord([draft, file('a.ts', 'formatted'), file('b.ts', 'raw')]);
  expect(parseRecord(record?.content.toString() ?? '')).toEqual({
    generator: 'service',
    version: '1.0.0',
    answers: { a: 1, b: [] },
    files: { 'a.ts': hashOf('formatted'), 'b.ts': hashOf('raw') },
  });
});

test('its text does not depend on the order of the answers', () => {
  const text = (answers: Record<string, unknown>) =>
    draftRecord({ generator: 'x', version: '1', answers }, []).content.toString();
  expect(text({ b: 1, a: 2 })).toBe(text({ a: 2, b: 1 }));
});

test('answers that do not apply are left out', () => {
  const draft = draftRecord({ generator: 'x', version: '1', answers: { a: undefined, b: 1 } }, []);
  expect(parseRecord(draft.content.toString())?.answers).toEqual({ b: 1 });
});
