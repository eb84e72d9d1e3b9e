import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diffOf } from '../../../generators/engine/plan/diff.ts';
import type { Planned } from '../../../generators/engine/plan/planned.ts';
import { mend, needsMending } from '../../../generators/engine/write/mend.ts';
import { writeFiles } from '../../../generators/engine/write/write.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'splitlevel-moves-'));
  await mkdir(join(root, 'tests/deep'), { recursive: true });
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'tests/deep/a.spec.ts'), 'a\n', { mode: 0o600 });
  await writeFile(join(root, 'tests/b.spec.ts'), 'b\n');
  await writeFile(join(root, 'package.json'), '{}\n');
  await writeFile(join(root, 'vitest.config.ts'), 'c\n');
});
afterEach(() => rm(root, { recursive: true }));

const planned: readonly Planned[] = [
  { path: 'src/a.test.ts', fate: 'move', from: 'tests/deep/a.spec.ts', before: text('a\n'), after: text('moved\n') },
  { path: 'integration/b.test.ts', fate: 'move', from: 'tests/b.spec.ts', before: text('b\n'), after: text('b\n') },
  { path: 'package.json', fate: 'edit', before: text('{}\n'), after: text('{ }\n') },
  { path: 'vitest.config.ts', fate: 'remove', before: text('c\n'), after: undefined },
];
const before = {
  'package.json': '{}\n',
  'tests/b.spec.ts': 'b\n',
  'tests/deep/a.spec.ts': 'a\n',
  'vitest.config.ts': 'c\n',
};
const after = { 'integration/b.test.ts': 'b\n', 'package.json': '{ }\n', 'src/a.test.ts': 'moved\n' };

function text(content: string): Buffer {
  return Buffer.from(content);
}

/** The files by path; folders without files are not among them, as in git. */
async function tree(): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [file.slice(root.length + 1), await readFile(file, 'utf8')] as const);
  return Object.fromEntries((await Promise.all(texts)).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

test('files move and go, their mode with them, and folders that they leave empty go', async () => {
  writeFiles(root, planned);
  expect(await tree()).toEqual(after);
  expect((await readdir(root)).toSorted()).toEqual(['integration', 'package.json', 'src']);
});

test('a file that changes in the meantime stops all of it', async () => {
  await writeFile(join(root, 'tests/b.spec.ts'), 'changed\n');
  expect(() => writeFiles(root, planned)).toThrow('tests/b.spec.ts was changed by somebody else in the meantime');
  expect(await tree()).toEqual({ ...before, 'tests/b.spec.ts': 'changed\n' });
});

test('a disk that refuses on the way gets back what it had', async () => {
  await mkdir(join(root, 'src/a.test.ts'));
  expect(() => writeFiles(root, planned)).toThrow();
  expect(await tree()).toEqual(before);
});

test('killed at any rename, the next run completes it or takes it back', { timeout: 60_000 }, async () => {
  const engine = join(import.meta.dirname, '../../../generators/engine/write/write.ts');
  const outcomes = new Set<string>();
  for (let renames = 0; renames < 10; renames += 1) {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', killedAfter(renames, engine)]).catch(
      () => undefined,
    );
    if (needsMending(root)) {
      mend(root);
    }
    const left = await tree();
    expect([before, after]).toContainEqual(left);
    outcomes.add(left['package.json'] ?? '');
    await rm(root, { recursive: true });
    await mkdir(join(root, 'tests/deep'), { recursive: true });
    await mkdir(join(root, 'src'));
    for (const [path, content] of Object.entries(before)) {
      await writeFile(join(root, path), content);
    }
  }
  expect(outcomes, 'some kills came before the commit, some after').toEqual(new Set(['{}\n', '{ }\n']));
});

function killedAfter(renames: number, engine: string): string {
  return `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { renameSync } = fs;
    let left = ${renames};
    fs.renameSync = (...args) => (left-- === 0 ? process.kill(process.pid, 'SIGKILL') : renameSync(...args));
    syncBuiltinESMExports();
    const { writeFiles } = await import(${JSON.stringify(engine)});
    const planned = ${JSON.stringify(planned.map((each) => ({ ...each, before: String(each.before), after: String(each.after ?? '') })))};
    writeFiles(${JSON.stringify(root)}, planned.map((each) => ({ ...each, before: Buffer.from(each.before), after: Buffer.from(each.after) })));
  `;
}

test('a diff tells a move as git does, and git takes it', async () => {
  const patch = diffOf(planned);
  expect(patch).toContain('rename from tests/b.spec.ts\nrename to integration/b.test.ts\n');
  await writeFile(join(root, 'patch'), patch);
  await promisify(execFile)('git', ['apply', 'patch'], { cwd: root });
  await rm(join(root, 'patch'));
  expect(await tree()).toEqual(after);
});
