import { expect, test } from 'vitest';
import type { GeneratedFile } from '../engine/record/base-file.ts';
import type { RunRecord } from '../engine/record/run-record.ts';
import { answersWith } from './answers-with.ts';

const answers = { name: 'orders', database: 'none', cache: 'none', broker: 'none', upstream: ['rates'] };

function addition(generator: string, own: RunRecord['answers'], ...files: string[]) {
  const made: GeneratedFile = { fate: 'made', content: Buffer.alloc(0) };
  return { generator, answers: own, files: new Map(files.map((path) => [path, made])) };
}

test('a service without additions has its own answers', () => {
  expect(answersWith(answers, [])).toEqual(answers);
});

test.each([
  ['postgres', 'src/database.ts', { database: 'postgres' }],
  ['redis', 'src/cache.ts', { cache: 'redis' }],
  ['nats', 'src/broker.ts', { broker: 'nats' }],
])('%s counts if its code was added too: %s', (kind, file, expected) => {
  expect(answersWith(answers, [addition('fixture', { kind }, file)])).toEqual({ ...answers, ...expected });
  expect(answersWith(answers, [addition('fixture', { kind }, 'integration/database.test.ts')])).toEqual(answers);
});

test('an upstream counts if routes call it, after those that were chosen', () => {
  const [first, second] = ['tax-office', 'credit'].map((name) => {
    return addition('stub', { name }, `src/routes/price-by-${name}.ts`);
  });
  expect(
    answersWith(
      answers,
      [first, second].filter((each) => each !== undefined),
    ),
  ).toEqual({
    ...answers,
    upstream: ['rates', 'tax-office', 'credit'],
  });
  expect(answersWith(answers, [addition('stub', { name: 'credit' }, 'src/upstreams/credit.ts')])).toEqual(answers);
});

test('other additions, and kinds that are not known, count for nothing', () => {
  const others = [addition('entity', { name: 'fee' }, 'src/fee.ts'), addition('fixture', { kind: 'oracle' })];
  expect(answersWith(answers, others)).toEqual(answers);
});
