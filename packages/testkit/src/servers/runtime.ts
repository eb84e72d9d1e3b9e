import { findEngine } from './containers/find-engine.ts';
import type { Runtime } from './server.ts';

/** Where the servers of a run come from, and why. */
export interface RuntimeChoice {
  readonly runtime: Runtime;
  /** Why no container engine is used, where that was not asked for. */
  readonly because?: string;
}

/** Whether somebody said where the servers come from, so that it does not depend on what is running. */
export function isChosen(environment: NodeJS.ProcessEnv): boolean {
  return (environment.TESTKIT_RUNTIME ?? '') !== '';
}

/**
 * Containers or embedded servers, as `TESTKIT_RUNTIME` says; where it says nothing, containers if an engine answers.
 *
 * @throws {UnknownRuntime} when `TESTKIT_RUNTIME` is something else.
 */
export async function chooseRuntime(environment: NodeJS.ProcessEnv = process.env): Promise<RuntimeChoice> {
  const wanted = environment.TESTKIT_RUNTIME;
  if (wanted === 'containers' || wanted === 'embedded') {
    return { runtime: wanted };
  }
  if (isChosen(environment)) {
    throw new UnknownRuntime(wanted ?? '');
  }
  const { endpoint, looked } = await findEngine(environment);
  if (endpoint !== undefined) {
    return { runtime: 'containers' };
  }
  return { runtime: 'embedded', because: `no container engine answers (${looked})` };
}

/** Vitest prints its stack, which leads nowhere. */
class UnknownRuntime extends Error {
  override readonly name = 'UnknownRuntime';

  constructor(wanted: string) {
    super(
      `TESTKIT_RUNTIME is ${JSON.stringify(wanted)}. Set it to containers or embedded, or unset it: then containers are used where a container engine answers.`,
    );
    this.stack = `${this.name}: ${this.message}`;
  }
}
