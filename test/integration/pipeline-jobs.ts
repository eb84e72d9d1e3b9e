import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../scratch-workspace.ts';

/**
 * The jobs of a pipeline as a table, by gitlab-ci-local, which holds GitLab's schema.
 * @param others files of the repository beside it, by path
 * @throws {Error} with what the schema says of the pipeline.
 */
export function pipelineJobs(content: string, others: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'splitlevel-gitlab-'));
  try {
    for (const [path, text] of Object.entries({ ...others, '.gitlab-ci.yml': content })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
    git('init', '--quiet', '--initial-branch', 'main');
    git('remote', 'add', 'origin', 'git@gitlab.example.org:shop/shop.git');
    git('add', '.');
    git('-c', 'user.name=N', '-c', 'user.email=n@example.org', 'commit', '--quiet', '--message', 'Start');
    const command = join(repositoryRoot, 'node_modules/gitlab-ci-local/dist/index.js');
    return execFileSync(process.execPath, [command, '--list'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, NO_COLOR: '1' },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
