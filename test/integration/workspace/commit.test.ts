import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commitAll } from '../../../generators/workspace/git.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'splitlevel-commit-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('the first commit has what the repository does not ignore, whatever its owner ignores elsewhere', () => {
  const home = join(folder, 'home');
  const ignored = join(folder, 'ignored');
  writeFileSync(ignored, '*.md\n');
  writeFileSync(home, `[user]\nname = Owner\nemail = owner@example.org\n[core]\nexcludesFile = ${ignored}\n`);
  vi.stubEnv('GIT_CONFIG_GLOBAL', home);
  writeFileSync(join(folder, '.gitignore'), '/home\n/ignored\n');
  writeFileSync(join(folder, 'README.md'), '# shop\n');

  commitAll(folder, 'Start');

  const files = execFileSync('git', ['ls-files'], { cwd: folder, encoding: 'utf8' });
  expect(files).toBe('.gitignore\nREADME.md\n');
});
