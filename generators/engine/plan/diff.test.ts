import { expect, test } from 'vitest';
import { diffOf } from './diff.ts';

const planned = (
  path: string,
  fate: 'create' | 'edit' | 'remove' | 'kept' | 'unchanged',
  before?: string,
  after?: string,
) => ({
  path,
  fate,
  before: before === undefined ? undefined : Buffer.from(before),
  after: after === undefined ? undefined : Buffer.from(after),
});

test('a new file and an edited one', () => {
  const files = [planned('p/new.ts', 'create', undefined, 'a\n'), planned('list.json', 'edit', '[]\n', '["p"]\n')];
  expect(diffOf(files)).toBe(`diff --git a/p/new.ts b/p/new.ts
new file mode 100644
--- /dev/null
+++ b/p/new.ts
@@ -0,0 +1,1 @@
+a
diff --git a/list.json b/list.json
--- a/list.json
+++ b/list.json
@@ -1,1 +1,1 @@
-[]
+["p"]
`);
});

test('a file that goes', () => {
  expect(diffOf([planned('p/old.ts', 'remove', 'a\n')])).toBe(`diff --git a/p/old.ts b/p/old.ts
deleted file mode 100644
--- a/p/old.ts
+++ /dev/null
@@ -1,1 +0,0 @@
-a
`);
});

test('a binary file is named', () => {
  expect(diffOf([planned('logo.png', 'create', undefined, '\0')])).toContain(
    'Binary files /dev/null and b/logo.png differ',
  );
});

test('what does not change is left out', () => {
  expect(diffOf([planned('a', 'kept', 'x', 'x'), planned('b', 'unchanged', 'x', 'x')])).toBe('');
});
