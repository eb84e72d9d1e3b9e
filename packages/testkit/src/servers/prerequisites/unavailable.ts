import { findEngine } from '../containers/find-engine.ts';
import type { RuntimeChoice } from '../runtime.ts';
import { type ServerKind, variableOf } from '../server-kind.ts';

/**
 * The kinds of server that cannot be had, without starting any: what was looked for, where, with what result, and what to
 * do. Servers that are given by a URL are taken as they are.
 */
export async function findUnavailable(
  kinds: readonly ServerKind[],
  { runtime, because }: RuntimeChoice,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ReadonlyMap<ServerKind, string>> {
  const own = kinds.filter((kind) => !environment[variableOf(kind)]);
  if (runtime === 'containers') {
    const { endpoint, looked } = await findEngine(environment);
    return new Map(endpoint === undefined ? own.map((kind) => [kind, noEngine(looked)]) : []);
  }
  const reason = because === undefined ? '' : `\nIt was to be embedded because ${because}.`;
  const problems = await Promise.all(
    own.map(async (kind) => {
      const problem = await embeddedProblem(kind, environment);
      return problem === undefined ? [] : [[kind, problem + reason] as const];
    }),
  );
  return new Map(problems.flat());
}

async function embeddedProblem(kind: ServerKind, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return kind.embedded === undefined ? notEmbedded(kind) : kind.embeddedProblem?.(environment);
}

/** Why a kind of server that runs in containers only cannot be embedded. */
export function notEmbedded(kind: ServerKind): string {
  return `There is no embedded ${kind.title}. Start a container engine, or give a running server by ${variableOf(kind)}.`;
}

/** @param looked where was looked for an engine, and what was found. */
export function noEngine(looked: string): string {
  return `Servers were to be started in containers, but no container engine answers (${looked}). Start the engine or correct its address, or set TESTKIT_RUNTIME=embedded to do without.`;
}
