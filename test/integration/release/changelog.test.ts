import { expect, test } from 'vitest';
import { withVersion } from '../../../.ci/release/changelog.ts';

test('a version is put before the earlier ones, its commits as they are written', () => {
  const first = withVersion('', '1.0.0', '2026-11-01', ['Start']);
  expect(withVersion(first, '1.1.0', '2026-11-27', ['Read `a_b`', 'Mend <c>'])).toBe(`# Changelog

All packages share one version. An entry is the subject of a commit.

## 1.1.0 (2026-11-27)

- Read \\\`a\\_b\\\`
- Mend \\<c\\>

## 1.0.0 (2026-11-01)

- Start
`);
});
