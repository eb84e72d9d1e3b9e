import type { RunningServer, StartRequest } from '../running-server.ts';

/** Starts a server where it was asked for. Loads what that takes, and nothing else. */
export async function startServer(request: StartRequest): Promise<RunningServer> {
  if (request.runtime === 'embedded') {
    const { startEmbedded } = await import('../embedded/start-embedded.ts');
    return startEmbedded(request);
  }
  const { startContainer } = await import('../containers/start-container.ts');
  return startContainer(request);
}
