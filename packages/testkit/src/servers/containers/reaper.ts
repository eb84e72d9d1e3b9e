import { getReaper } from 'testcontainers';
import type { StartRequest } from '../running-server.ts';
import type { Engine } from './engine-client.ts';
import { pullImage } from './pull-image.ts';

/** Ryuk takes this label for one of the two things that it removes; the other is the session, known only once it runs. */
const PROJECT_LABEL = 'com.docker.compose.project';

let reaper: Promise<void> | undefined;

/** The label by which Ryuk knows what is a daemon's. */
export function reaperLabel(daemon: string): Record<string, string> {
  return { [PROJECT_LABEL]: `splitlevel-${daemon}` };
}

/**
 * Has Testcontainers' Ryuk remove a daemon's containers ten seconds after this process has ended. Called twice at the
 * same time, Testcontainers would start two.
 */
export function startReaper(
  engine: Engine,
  request: Pick<StartRequest, 'daemon' | 'progress' | 'workspace'>,
): Promise<void> {
  reaper ??= start(engine, request);
  reaper.catch(() => {
    reaper = undefined;
  });
  return reaper;
}

async function start(
  { client }: Engine,
  { daemon, progress, workspace }: Pick<StartRequest, 'daemon' | 'progress' | 'workspace'>,
): Promise<void> {
  const pinned = workspace.images.ryuk;
  if (pinned !== undefined) {
    process.env.RYUK_CONTAINER_IMAGE ??= pinned;
  }
  const image = process.env.RYUK_CONTAINER_IMAGE;
  try {
    if (image !== undefined && process.env.TESTCONTAINERS_RYUK_DISABLED !== 'true') {
      await pullImage(client, image, progress);
    }
    const started = await getReaper(client);
    started.addComposeProject(`splitlevel-${daemon}`);
  } catch (cause) {
    throw new Error(
      `The reaper ${image ?? 'Ryuk'}, which removes the containers of a run that was killed, did not start: ${(cause as Error).message} Where it cannot run, set TESTCONTAINERS_RYUK_DISABLED=true.`,
      { cause },
    );
  }
}
