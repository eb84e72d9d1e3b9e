import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as declarations from '@splitlevel/testkit/needs';
import { expect, test } from 'vitest';
import { servers } from './capabilities.ts';
import type { Capability } from './capability.ts';
import { upstream } from './upstream.ts';

const all: readonly Capability[] = [...Object.values(servers), upstream('tax-office')];

test.each(all)('$title is declared by a function of the testkit', ({ need }) => {
  expect(declarations).toHaveProperty(need, expect.any(Function));
});

test.each(all)('the image of $title is pinned', ({ image }) => {
  const images = JSON.parse(readFileSync(join(import.meta.dirname, '../../images.json'), 'utf8'));
  expect(images).toHaveProperty(image);
});

test.each(all)(
  '$title has a URL that must be set, with an example that its check knows',
  ({ key, checks, variables }) => {
    const [url] = variables;
    expect(url).toMatchObject({
      name: `${key.constant}_URL`,
      property: `${key.camel}Url`,
      expected: `least.${key.constant}_URL`,
      default: '',
      inTests: `${key.camel}.url`,
    });
    expect(checks.some(({ name }) => url.check.startsWith(name))).toBe(true);
  },
);

test.each(all.flatMap(({ variables, sharedVariables = [] }) => [...variables.slice(1), ...sharedVariables]))(
  '$name says its default in the check, in the tests and in the README',
  ({ check, expected, default: told, example }) => {
    expect(check).toContain(`.default(${expected})`);
    expect(expected.replaceAll('_', '')).toBe(told);
    expect(example).toBe('');
  },
);
