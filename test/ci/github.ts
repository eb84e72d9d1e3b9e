import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ScratchWorkspace } from '../scratch-workspace.ts';
import { type Contexts, expand, isToRun } from './expressions.ts';
import { checkOut, copyIfThere, nodePath, RESULTS, setInstalled } from './machine.ts';

/** An event on the forge. */
export interface Happening {
  readonly event: 'push' | 'pull_request' | 'merge_group' | 'schedule' | 'workflow_dispatch';
  readonly ref: string;
  readonly commit: string;
  readonly payload?: object;
  /** The branch that a pull request goes to. */
  readonly base?: string;
}

export interface WorkflowRun {
  readonly results: Readonly<Record<string, string>>;
  /** How many machines a job took. */
  readonly machines: Readonly<Record<string, number>>;
  readonly output: string;
  readonly summary: string;
}

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, string | number>;
  readonly env?: Record<string, string>;
}
interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly outputs?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly strategy?: { readonly matrix: { readonly shard: string } };
  readonly steps: readonly Step[];
}

/** What steps with an id said and came to, as far as they ran. */
type Steps = Record<string, { outputs: Record<string, string>; outcome: 'success' | 'failure' | 'skipped' }>;

/**
 * A forge that runs the steps of a workflow file as they stand there, one machine after the other, each from a fresh
 * clone without a cache. Only what comes from elsewhere is stood in for: actions, and `npm ci`, whose outcome is there
 * already.
 */
export class Github {
  readonly #machine: ScratchWorkspace;
  readonly #remote: string;
  readonly #store: string;
  readonly #environment: Readonly<Record<string, string>>;
  /** The workflow file that it runs. */
  workflow = 'ci.yml';
  /** How many commits a checkout fetches, whatever the workflow says. */
  depth: number | undefined;
  /**
   * Whether its cache keeps results of tasks too, or only how long tests took: most tests ask what would run without.
   */
  keepsResults = false;

  /**
   * @param machine the folder of all machines, with `node_modules`
   * @param remote the bare repository
   * @param store a folder for artifacts and caches
   */
  constructor(machine: ScratchWorkspace, remote: string, store: string, environment: Readonly<Record<string, string>>) {
    this.#machine = machine;
    this.#remote = remote;
    this.#store = store;
    this.#environment = environment;
  }

  /** The folder that each machine has its clone in. */
  get root(): string {
    return this.#machine.root;
  }

  /** Where artifacts of the last run are, a folder each. */
  get artifacts(): string {
    return join(this.#store, 'artifacts');
  }

  /** Leaves in the forge's cache how long test files took, in seconds. */
  async keepDurations(durations: Readonly<Record<string, number>>): Promise<void> {
    await mkdir(join(this.#store, 'cache/.vitest'), { recursive: true });
    await writeFile(join(this.#store, 'cache/.vitest/durations.json'), JSON.stringify(durations));
  }

  /** Runs the workflow of the commit. A step that fails is an outcome, not an error. */
  async run(
    happening: Happening,
    vars: Record<string, string> = {},
    secrets: Record<string, string> = {},
  ): Promise<WorkflowRun> {
    await rm(join(this.#store, 'artifacts'), { recursive: true, force: true });
    await this.#checkOut(happening.commit, 1);
    const workflow = parse(await this.#machine.read(`.github/workflows/${this.workflow}`));
    const github = {
      event_name: happening.event,
      ref: happening.ref,
      ref_name: happening.ref.replace(/^refs\/(heads|pull)\//, ''),
      run_id: '1',
      run_attempt: '1',
      repository: 'shop/shop',
      server_url: 'https://github.example.org',
      token: 'token of this run',
      workflow: workflow.name,
      event: { repository: { default_branch: 'main' }, ...happening.payload },
    };
    const needs: Record<string, { result: string; outputs: Record<string, unknown> }> = {};
    const run = {
      results: {} as Record<string, string>,
      machines: {} as Record<string, number>,
      output: '',
      summary: '',
    };
    for (const [name, job] of Object.entries<Job>(workflow.jobs)) {
      const wanted = [job.needs ?? []].flat();
      const own = Object.fromEntries(wanted.map((need) => [need, needs[need]]));
      const contexts: Contexts = { github, vars, secrets, needs: own, env: {} };
      const green = wanted.every((need) => needs[need]?.result === 'success');
      needs[name] = { result: 'skipped', outputs: {} };
      run.machines[name] = 0;
      if (isToRun(job.if, contexts, green)) {
        const shards = job.strategy ? (expand(job.strategy.matrix.shard, contexts) as unknown[]) : [undefined];
        needs[name] = { result: 'success', outputs: {} };
        for (const shard of shards) {
          const machine = { ...contexts, matrix: { shard }, workflowEnv: { ...workflow.env, ...job.env } };
          const { succeeded, outputs } = await this.#runJob(job, happening, machine, run);
          run.machines[name] += 1;
          needs[name].outputs = outputs;
          if (!succeeded) {
            needs[name].result = 'failure';
          }
        }
      }
      run.results[name] = needs[name].result;
    }
    return run;
  }

  async #runJob(job: Job, happening: Happening, contexts: Contexts, run: { output: string; summary: string }) {
    let succeeded = true;
    await setInstalled(this.#machine, false);
    const steps: Steps = {};
    for (const step of job.steps) {
      if (step.id !== undefined) {
        steps[step.id] = { outputs: {}, outcome: 'skipped' };
      }
      const seen = { ...contexts, steps };
      if (!isToRun(step.if, seen, succeeded)) {
        continue;
      }
      if (step.uses !== undefined) {
        await this.#use(step, happening, seen);
      } else if (step.run === 'npm ci') {
        await setInstalled(this.#machine, true);
      } else {
        succeeded = (await this.#runStep(step, happening, seen, steps, run)) && succeeded;
      }
    }
    const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => [
      name,
      expand(value, { ...contexts, steps }),
    ]);
    return { succeeded, outputs: Object.fromEntries(outputs) };
  }

  async #runStep(
    step: Step,
    happening: Happening,
    contexts: Contexts,
    steps: Steps,
    run: { output: string; summary: string },
  ): Promise<boolean> {
    const file = (name: string) => join(this.#store, name);
    for (const name of ['output', 'summary']) {
      await writeFile(file(name), '');
    }
    await writeFile(file('event.json'), JSON.stringify((contexts.github as { event: object }).event));
    const declared = { ...(contexts.workflowEnv as object), ...step.env };
    const own = Object.entries(declared).map(([name, value]) => {
      const text = expand(String(value), contexts);
      return [name, typeof text === 'string' ? text : JSON.stringify(text)];
    });
    const outcome = await this.#machine.run(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''],
      {
        environment: {
          CI: 'true',
          PATH: nodePath(this.#machine),
          GITHUB_ACTIONS: 'true',
          GITHUB_EVENT_NAME: happening.event,
          GITHUB_EVENT_PATH: file('event.json'),
          GITHUB_REF: happening.ref,
          GITHUB_BASE_REF: happening.base,
          GITHUB_OUTPUT: file('output'),
          GITHUB_STEP_SUMMARY: file('summary'),
          ...this.#environment,
          ...Object.fromEntries(own),
        },
        timeout: 300_000,
      },
    );
    run.output += `$ ${step.run}\n${outcome.stdout}${outcome.stderr}`;
    run.summary += await readFile(file('summary'), 'utf8');
    const written = (await readFile(file('output'), 'utf8')).split('\n').filter(Boolean);
    const outputs = written.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
    if (step.id !== undefined) {
      steps[step.id] = {
        outputs: Object.fromEntries(outputs),
        outcome: outcome.code === 0 ? 'success' : 'failure',
      };
    }
    return outcome.code === 0;
  }

  async #use(step: Step, happening: Happening, contexts: Contexts): Promise<void> {
    const action = step.uses?.split('@')[0];
    const input = (name: string) => String(expand(String(step.with?.[name] ?? ''), contexts));
    const local = join(this.#machine.root, input('path'));
    switch (action) {
      case 'actions/checkout':
        return this.#checkOut(happening.commit, this.depth ?? Number(step.with?.['fetch-depth'] ?? 1));
      case 'actions/setup-node':
        return;
      case 'actions/cache/restore':
        return copyIfThere(join(this.#store, 'cache'), this.#machine.root);
      case 'actions/cache/save':
        await rm(join(this.#store, 'cache'), { recursive: true, force: true });
        for (const path of input('path').split('\n').filter(Boolean)) {
          if (this.keepsResults || path !== RESULTS) {
            await copyIfThere(join(this.#machine.root, path), join(this.#store, 'cache', path));
          }
        }
        return;
      case 'actions/upload-artifact':
        return copyIfThere(local, join(this.#store, 'artifacts', input('name')));
      case 'actions/download-artifact':
        await mkdir(local, { recursive: true });
        if (input('name') !== '') {
          return copyIfThere(join(this.#store, 'artifacts', input('name')), local);
        }
        for (const name of await readdir(join(this.#store, 'artifacts')).catch(() => [])) {
          await copyIfThere(join(this.#store, 'artifacts', name), join(local, name));
        }
        return;
      default:
        throw new Error(`There is no stand-in for ${action}.`);
    }
  }

  #checkOut(commit: string, depth: number): Promise<void> {
    return checkOut(this.#machine, this.#remote, commit, depth);
  }
}
