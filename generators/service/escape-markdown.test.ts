import { expect, test } from 'vitest';
import { escapeMarkdown } from './escape-markdown.ts';

test.each([
  ['Prices of products, with discounts.', 'Prices of products, with discounts.'],
  ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
  ['*bold* _it_ ~~no~~ `code`', '\\*bold\\* \\_it\\_ \\~\\~no\\~\\~ \\`code\\`'],
  ['[text](http://x) ![image](y)', '\\[text\\](http://x) !\\[image\\](y)'],
  ['a | b & c \\ d', 'a \\| b \\& c \\\\ d'],
  ['# heading', '\\# heading'],
  ['- item', '\\- item'],
  ['===', '\\==='],
  ['1. item', '1\\. item'],
  ['1.5 times', '1\\.5 times'],
  ['   indented', 'indented'],
])('%s', (line, expected) => {
  expect(escapeMarkdown(line)).toBe(expected);
});
