import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { publish } from './report.ts';
import { type UpdateOutcome, updateText } from './update-text.ts';

/**
 * The author of the commit, at a domain that nobody can have. `gitIgnoredAuthors` of renovate.json names it: Renovate makes
 * its branch anew over this author's commits, and over nobody else's.
 */
const AUTHOR = { name: 'Splitlevel', email: 'update@splitlevel.invalid' };
const SUBJECT = 'Update what was generated';

/** What became of an update, for the steps that follow: whether there is a commit to push, or something to tell. */
export type UpdateResult = 'written' | 'unchanged' | 'failed';

/**
 * Updates all that was generated and commits it, conflicts too. The folder gets `text.md`, what a pull request is told,
 * and `commit.bundle`, the commit in a file, so that another machine can push it: this one ran what packages brought, and
 * is better off without a token. GitHub's steps get the output `result`.
 * @param folder ignored by git
 * @returns 0 where everything is written or up to date, conflicts or not, else 1
 */
export async function update(folder: string, root: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const outcome = await runUpdate(root, environment);
  const said = updateText(outcome);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'text.md'), said);
  const result = outcome.result === 'written' ? commit(folder, root, environment, outcome) : undefined;
  console.log(said);
  publish(said, environment);
  if (environment.GITHUB_OUTPUT) {
    const written: UpdateResult = result ?? (outcome.result === undefined ? 'failed' : 'unchanged');
    appendFileSync(environment.GITHUB_OUTPUT, `result=${written}\n`);
  }
  return outcome.error === undefined || outcome.conflicts !== undefined ? 0 : 1;
}

/** Runs the command. One that does not print its JSON has failed with what it printed. */
async function runUpdate(root: string, environment: NodeJS.ProcessEnv): Promise<UpdateOutcome> {
  const command = spawn(join(root, 'node_modules/.bin/plop'), ['update', '--all', '--yes', '--json'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<string>((resolve) => {
    command.on('error', (error) => resolve(error.message));
    command.on('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
  });
  const [printed, complaint, ending] = await Promise.all([text(command.stdout), text(command.stderr), ended]);
  process.stderr.write(complaint);
  try {
    return JSON.parse(printed) as UpdateOutcome;
  } catch {
    const error = `npx plop update --all ended without an answer (${ending})\n${complaint}${printed}`.trimEnd();
    return { exitCode: 1, error };
  }
}

/** Commits everything that changed. The hooks are the owner's, and some refuse conflict markers. */
function commit(
  folder: string,
  root: string,
  environment: NodeJS.ProcessEnv,
  { conflicts = [] }: UpdateOutcome,
): UpdateResult {
  const { name, email } = AUTHOR;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...environment,
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_COMMITTER_NAME: name,
        GIT_COMMITTER_EMAIL: email,
      },
    });
  git('add', '--all');
  if (git('diff', '--cached', '--name-only') === '') {
    return 'unchanged';
  }
  const left = conflicts.map(({ path }) => `- ${path}`);
  const body = left.length === 0 ? [] : ['', 'Left to resolve:', ...left];
  git('commit', '--quiet', '--no-verify', '--no-gpg-sign', '--message', [SUBJECT, ...body].join('\n'));
  git('bundle', 'create', '--quiet', join(folder, 'commit.bundle'), 'HEAD^..HEAD');
  return 'written';
}
