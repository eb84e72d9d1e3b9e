import { keptFolder, serveKept } from './kept-cache.ts';

const SERVER = 'NX_SELF_HOSTED_REMOTE_CACHE_SERVER';
const TOKEN = 'NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN';

/** How long the server may take to say that it is there. */
const PATIENCE_MS = 3000;

/** The variables that tell Nx of the shared cache, and a sentence for the log. */
export interface RemoteCache {
  /** The variables of Nx, as they are to be. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly says: string;
}

/**
 * Asks the shared cache for something that is in none, before Nx does: Nx fails a run whose cache is down or refuses the
 * token, as it does for everybody in a fork. Such a run goes without it. Where no server is named, the folder that the forge
 * carries stands in for it.
 * @param root the workspace's
 */
export async function remoteCacheOf(environment: NodeJS.ProcessEnv, root: string): Promise<RemoteCache> {
  const server = environment[SERVER];
  if (!server) {
    return cacheOfForge(environment, root);
  }
  try {
    const token = environment[TOKEN];
    const response = await fetch(`${server.replace(/\/$/, '')}/v1/cache/${'0'.repeat(20)}`, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    if (response.status === 404 || response.status === 200) {
      return { variables: { [SERVER]: server, [TOKEN]: token || undefined }, says: `the shared cache is ${server}` };
    }
    return without(`the shared cache ${server} answers ${response.status}, so this run goes without it`);
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error && cause.message ? cause.message : message;
    return without(`the shared cache ${server} does not answer (${reason}), so this run goes without it`);
  }
}

async function cacheOfForge(environment: NodeJS.ProcessEnv, root: string): Promise<RemoteCache> {
  const folder = keptFolder(environment);
  if (folder === undefined) {
    return without('no shared cache is configured');
  }
  const { url, token, size } = await serveKept(folder, root);
  return {
    variables: { [SERVER]: url, [TOKEN]: token },
    says: `the cache has ${size} ${size === 1 ? 'result' : 'results'} of the default branch`,
  };
}

function without(says: string): RemoteCache {
  return { variables: { [SERVER]: undefined, [TOKEN]: undefined }, says };
}
