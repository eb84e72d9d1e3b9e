import { chooseRuntime, type RuntimeChoice } from './runtime.ts';

/** One run of the tests: all of its processes use servers from the same place. */
export interface Run extends RuntimeChoice {
  readonly id: string;
}

/** The variable that carries the run from the process that starts it to the workers. */
const VARIABLE = 'TESTKIT_RUN';

/** Starts a run: the processes that this one starts from here on are part of it. */
export async function startRun(): Promise<Run> {
  const run = { id: crypto.randomUUID(), ...(await chooseRuntime()) };
  process.env[VARIABLE] = JSON.stringify(run);
  return run;
}

/**
 * The run that this process is part of, or where its servers come from if it is part of none. A `TESTKIT_RUNTIME` that
 * says something else than the run wins: somebody set it for this process.
 */
export async function currentRun(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<RuntimeChoice & { id?: string }> {
  const text = environment[VARIABLE];
  if (text === undefined || text === '') {
    return chooseRuntime(environment);
  }
  const run = JSON.parse(text) as Run;
  const wanted = environment.TESTKIT_RUNTIME ?? '';
  return wanted === '' || wanted === run.runtime ? run : { ...(await chooseRuntime(environment)), id: run.id };
}
