import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ScratchWorkspace } from '../scratch-workspace.ts';
import { checkOut, copyIfThere, nodePath, RESULTS, setInstalled } from './machine.ts';

/** A pipeline's reason, in GitLab's own variables. */
export interface PipelineCause {
  readonly commit: string;
  readonly CI_PIPELINE_SOURCE: 'push' | 'merge_request_event' | 'schedule';
  /** Of pipelines of branches. */
  readonly CI_COMMIT_BRANCH?: string;
  /** Of merge requests. */
  readonly CI_MERGE_REQUEST_DIFF_BASE_SHA?: string;
}

export interface PipelineRun {
  /** Of each job that was started, in their order. */
  readonly results: Readonly<Record<string, 'success' | 'failed'>>;
  readonly output: string;
}

/** A job of the pipeline, with what it inherits. */
interface Job {
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
  readonly artifacts: { readonly paths: readonly string[] };
  readonly cache: readonly { readonly paths: readonly string[]; readonly policy: string }[];
}

/** A job as it is to be started, or not. */
interface ListedJob {
  readonly name: string;
  readonly when: 'on_success' | 'always' | 'never';
}

/**
 * A GitLab that runs the scripts of the pipeline file as they stand there, one machine after the other, each from a fresh
 * clone. gitlab-ci-local evaluates the rules and what jobs inherit; `npm ci`, whose outcome is there already, is left out.
 */
export class Gitlab {
  readonly #machine: ScratchWorkspace;
  readonly #remote: string;
  readonly #store: string;
  readonly #environment: Readonly<Record<string, string>>;

  /** Whether its cache keeps results of tasks too, or only how long tests took: most tests ask what would run without. */
  keepsResults = false;

  /** @param store a folder for artifacts and caches */
  constructor(machine: ScratchWorkspace, remote: string, store: string, environment: Readonly<Record<string, string>>) {
    this.#machine = machine;
    this.#remote = remote;
    this.#store = store;
    this.#environment = environment;
  }

  /** Runs the pipeline of the commit. A job that fails is an outcome, not an error. */
  async run({ commit, ...cause }: PipelineCause): Promise<PipelineRun> {
    await rm(join(this.#store, 'artifacts'), { recursive: true, force: true });
    await setInstalled(this.#machine, true);
    await checkOut(this.#machine, this.#remote, commit, 1);
    const variables = { CI_COMMIT_BRANCH: '', ...cause, CI_DEFAULT_BRANCH: 'main' };
    const pipeline = parse(await this.#ask('--preview'));
    const told = [
      ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
      '--ignore-predefined-vars',
      Object.keys(variables).join(','),
    ];
    const jobs: ListedJob[] = JSON.parse(await this.#ask('--list-json', ...told));
    const run = { results: {} as Record<string, 'success' | 'failed'>, output: '' };
    for (const { name, when } of jobs) {
      const green = !Object.values(run.results).includes('failed');
      if (when === 'never' || (when === 'on_success' && !green)) {
        continue;
      }
      await checkOut(this.#machine, this.#remote, commit, Number(pipeline.variables.GIT_DEPTH));
      const [, base = name, index] = /^(.*): \[(\d+)\/\d+\]$/.exec(name) ?? [];
      const environment = {
        CI: 'true',
        GITLAB_CI: 'true',
        CI_PROJECT_DIR: this.#machine.root,
        CI_JOB_NAME_SLUG: name.replace(/[^a-z0-9]+/g, '-').replace(/-$/, ''),
        CI_NODE_INDEX: index,
        ...variables,
        TESTKIT_RUNTIME: pipeline.variables.TESTKIT_RUNTIME,
        CI_KEPT_CACHE: pipeline.variables.CI_KEPT_CACHE,
        PATH: nodePath(this.#machine),
        ...this.#environment,
      };
      run.results[name] = await this.#runJob(pipeline[base], environment, run);
    }
    return run;
  }

  async #runJob(job: Job, environment: Record<string, string | undefined>, run: { output: string }) {
    const here = this.#machine.root;
    const [kept, cached] = [join(this.#store, 'artifacts'), join(this.#store, 'cache')];
    const caches = job.cache
      .flatMap(({ paths, policy }) => paths.map((path) => ({ path, policy })))
      .filter(({ path }) => this.keepsResults || path !== RESULTS);
    const lines = [...(job.before_script ?? []), ...job.script];
    for (const { path } of caches) {
      await copyIfThere(join(cached, path), join(here, path));
    }
    await copyIfThere(kept, here);
    await setInstalled(this.#machine, lines.includes('npm ci'));
    const succeeded = await this.#runScript(lines, environment, run);
    await this.#runScript(job.after_script ?? [], environment, run);
    for (const path of job.artifacts.paths) {
      const own = path.replace(/\$(\w+)/g, (_, name: string) => environment[name] ?? '');
      await copyIfThere(join(here, own), join(kept, own));
    }
    for (const { path } of caches.filter(({ policy }) => policy === 'pull-push')) {
      await rm(join(cached, path), { recursive: true, force: true });
      await copyIfThere(join(here, path), join(cached, path));
    }
    return succeeded ? ('success' as const) : ('failed' as const);
  }

  /** As the runner does: all lines in one shell. */
  async #runScript(
    lines: readonly string[],
    environment: Record<string, string | undefined>,
    run: { output: string },
  ): Promise<boolean> {
    const script = lines.filter((line) => line !== 'npm ci').join('\n');
    const { code, stdout, stderr } = await this.#machine.run('bash', ['-eo', 'pipefail', '-c', script], {
      environment,
      timeout: 300_000,
    });
    run.output += `$ ${script}\n${stdout}${stderr}`;
    return code === 0;
  }

  async #ask(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.#machine.run('gitlab-ci-local', [
      ...args,
      '--no-json-schema-validation',
    ]);
    if (code !== 0) {
      throw new Error(`gitlab-ci-local ${args.join(' ')}: exit ${code}\n${stdout}${stderr}`);
    }
    return stdout;
  }
}
