import { expect, test } from 'vitest';
import { formatPlan } from './format-plan.ts';
import type { Plan } from './plan.ts';

const task = (id: string, answeredByCache: boolean, ...because: string[]) => {
  const [project = '', target = ''] = id.split(':');
  return { id, project, target, answeredByCache, because };
};
const plan: Plan = {
  occasion: 'a pull request',
  base: 'abc',
  because: 'files changed since abc',
  tasks: [
    task('pricing:integration', false, 'packages/pricing/migrations/0001-products.ts', 'packages/pricing/src/a.ts'),
    task('pricing:lint', true, 'packages/pricing/src/a.ts'),
  ],
};

test('a task is a line: whether it runs, and the files that caused it', () => {
  expect(formatPlan(plan, undefined)).toBe(`As on a pull request: files changed since abc.

pricing  integration  runs    packages/pricing/migrations/0001-products.ts and 1 more
pricing  lint         cached  packages/pricing/src/a.ts

1 of 2 run, the cache answers 1.
`);
});

test('in a narrow terminal a reason gets a line of its own, and no line is longer than the terminal', () => {
  const text = formatPlan(plan, 40);
  expect(text).toContain(`
pricing  integration  runs
    …rations/0001-products.ts and 1 more
pricing  lint         cached
    packages/pricing/src/a.ts
`);
  for (const line of text.split('\n').slice(2)) {
    expect(line.length).toBeLessThanOrEqual(40);
  }
});

test('where all is looked at, there is no file to name', () => {
  const all = { ...plan, base: undefined, tasks: [task('pricing:unit', false)] };
  expect(formatPlan(all, 80)).toContain('\npricing  unit  runs\n');
});

test('when nothing runs, it says so', () => {
  expect(formatPlan({ ...plan, tasks: [] }, 80)).toBe(
    'As on a pull request: files changed since abc.\n\nNothing runs: no target reads what changed.\n',
  );
});
