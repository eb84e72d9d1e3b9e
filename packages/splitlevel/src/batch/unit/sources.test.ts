import type { ProjectGraph } from 'nx/src/config/project-graph.js';
import { expect, test } from 'vitest';
import { sourcesOf } from './sources.ts';

const arrows = {
  orders: ['money', 'npm:zod', 'npm:@types/pg'],
  money: ['npm:fast-check', 'rounding'],
  rounding: ['money', 'npm:vitest'],
};
const dependencies = Object.fromEntries(
  Object.entries(arrows).map(([source, targets]) => [
    source,
    targets.map((target) => ({ source, target, type: 'static' })),
  ]),
);

test('what a project’s modules come from: itself, and all that it depends on by other projects too', () => {
  const graph: ProjectGraph = { nodes: {}, dependencies };
  expect(sourcesOf('orders', graph)).toEqual(['orders', 'money', 'npm:zod', 'rounding']);
  expect(sourcesOf('rounding', graph)).toEqual(['rounding', 'money']);
  expect(sourcesOf('alone', graph)).toEqual(['alone']);
});
