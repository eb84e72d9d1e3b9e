import { expect, test } from 'vitest';
import { mergeJunit } from './junit.ts';

const report = (name: string) => `<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="1" failures="0" errors="0" time="0.1">
    <testsuite name="${name}"><testcase name="a &gt; b"/></testsuite>
</testsuites>
`;

test('the suites of all reports are in one', () => {
  expect(mergeJunit([report('one'), report('two')])).toBe(`<?xml version="1.0" encoding="UTF-8" ?>
<testsuites>
<testsuite name="one"><testcase name="a &gt; b"/></testsuite>
<testsuite name="two"><testcase name="a &gt; b"/></testsuite>
</testsuites>
`);
});

test('reports without suites, and a file that was cut off, add nothing', () => {
  expect(mergeJunit(['<testsuites name="vitest tests"></testsuites>', '<?xml version="1.0"', ''])).toBe(
    '<?xml version="1.0" encoding="UTF-8" ?>\n<testsuites>\n\n</testsuites>\n',
  );
});
