import { expect, test } from 'vitest';
import { aGeneratedFolder, aRepository } from './a-repository.ts';
import { reportAsJson, reportAsText } from './report.ts';
import { rules } from './rules/rules.ts';

const finding = {
  package: 'orders',
  rule: 'images',
  what: 'packages/orders/src/dev.ts:7 names the image postgres:16, which is pinned nowhere',
  todo: 'Pin it in images.json, and take it from there.',
};

const all = rules.length;

test('a repository that keeps to the standard', () => {
  const text = reportAsText(aRepository(), [], 80);
  expect(text).toContain(
    `package    holds  departures\nworkspace  ${all}/${all}  all holds\norders     ${all}/${all}  all holds\n`,
  );
  expect(text).toMatch(/\n\nThe repository keeps to the standard\.$/);
});

test.each([40, 80])('fits a terminal of %i columns', (width) => {
  const text = reportAsText(aRepository(), [finding, { ...finding, rule: 'pure' }], width);
  expect(text).toMatch(new RegExp(`orders {5,6}${all - 2}/${all} {2,3}(images 1,\\s+pure 1|pure 1,\\s+images 1)`));
  expect(text).toContain('2 departures from the standard.');
  const tooWide = text.split('\n').filter((line) => line.length > width && /\S\s+\S+\s\S/.test(line.slice(12)));
  expect(tooWide).toEqual([]);
});

test('each departure says what to do', () => {
  expect(reportAsText(aRepository(), [finding], 80)).toContain(`
orders
  images    packages/orders/src/dev.ts:7 names the image postgres:16, which is
            pinned nowhere
          → Pin it in images.json, and take it from there.

1 departure from the standard.`);
});

test('newer templates are told, and are not departures', () => {
  const generated = [aGeneratedFolder({ files: [{ path: 'src/a.ts', made: 'a', now: 'a', today: 'b' }] })];
  const text = reportAsText(aRepository({ generated }), [], 80);
  expect(text).toContain(
    '\nTo know, and no departure:\n  packages/orders: the templates are newer than version 1.0.0 of service, by 1\n    file (src/a.ts): npx plop update --package orders\n\nThe repository keeps',
  );
  expect(JSON.parse(reportAsJson(aRepository({ generated }), []))).toMatchObject({
    ok: true,
    information: [
      'packages/orders: the templates are newer than version 1.0.0 of service, by 1 file (src/a.ts): npx plop update --package orders',
    ],
  });
});

test('what replaces a part of the standard is told, and is not a departure', () => {
  const replaced = ['templates/service/base/Dockerfile.hbs'];
  expect(reportAsText(aRepository({ replaced }), [], 80)).toContain(
    '\nTo know, and no departure:\n  templates/service/base/Dockerfile.hbs takes the place of the one of\n    Splitlevel\n\nThe',
  );
});

test('as JSON', () => {
  expect(JSON.parse(reportAsJson(aRepository(), [finding]))).toMatchObject({
    ok: false,
    rules: [
      { name: 'targets', asks: 'both suites are there, and run what nx.json says' },
      ...new Array(all - 1).fill({}),
    ],
    information: [],
    packages: [
      { name: 'workspace', folder: '.', findings: [] },
      {
        name: 'orders',
        folder: 'packages/orders',
        findings: [{ rule: 'images', what: finding.what, todo: finding.todo }],
      },
    ],
  });
});
