import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ContainerRuntimeClient, ImageName } from 'testcontainers';
import type { StartRequest } from '../running-server.ts';

/** How often progress is told. */
const INTERVAL_MS = 500;

/** How long a pull may make no progress. */
const STALL_MS = 120_000;

/** One line of what the engine says about a pull, see https://docs.docker.com/reference/api/engine/, ImageCreate. */
interface PullLine {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

/**
 * Pulls an image that the engine does not have, with the registry's credentials that Testcontainers finds.
 *
 * @throws {Error} when the engine cannot get it.
 */
export async function pullImage(
  client: ContainerRuntimeClient,
  image: string,
  progress: StartRequest['progress'],
): Promise<void> {
  const name = ImageName.fromString(image);
  if (await client.image.exists(name)) {
    return;
  }
  progress(`pulling ${image}`, image);
  const began = performance.now();
  const pull = followPull(image, progress);
  followers(client).set(name.string, pull.follow);
  try {
    await Promise.race([client.image.pull(name), pull.stalled]);
    const failure = pull.failure();
    if (failure !== undefined) {
      throw new Error(failure);
    }
  } catch (cause) {
    throw new Error(
      `The image ${image} could not be pulled: ${(cause as Error).message.trim()}. Correct it in images.json; or see that this machine reaches its registry (docker pull ${image}), and log in there if it is private (docker login).`,
      { cause },
    );
  } finally {
    pull.end();
  }
  progress(`pulled ${image} in ${((performance.now() - began) / 1000).toFixed(0)} s`, `${image}, done`);
}

type Follower = (stream: Readable) => void;
const followersOf = new WeakMap<object, Map<string, Follower>>();

/** The readers of a pull's output, by image. Testcontainers itself drops it, failures included. */
function followers({ container: { dockerode } }: ContainerRuntimeClient): Map<string, Follower> {
  const known = followersOf.get(dockerode);
  if (known !== undefined) {
    return known;
  }
  const added = new Map<string, Follower>();
  followersOf.set(dockerode, added);
  const engine = dockerode as unknown as { pull(image: string, ...rest: unknown[]): Promise<Readable> };
  const pull = engine.pull.bind(dockerode);
  engine.pull = async (image, ...rest) => {
    const stream = await pull(image, ...rest);
    added.get(image)?.(stream);
    return stream;
  };
  return added;
}

/** Adds up the layers of a pull and tells how far it is. */
function followPull(image: string, progress: StartRequest['progress']) {
  const layers = new Map<string, { current: number; total: number }>();
  let failure: string | undefined;
  let stall: NodeJS.Timeout | undefined;
  let giveUp: (reason: Error) => void = () => undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const watch = () => {
    clearTimeout(stall);
    stall = setTimeout(() => giveUp(new Error(`it made no progress for ${STALL_MS / 1000} s`)), STALL_MS);
  };
  watch();
  let told = performance.now();
  const handle = (text: string) => {
    const line = parse(text);
    watch();
    if (line.error !== undefined) {
      failure = line.error;
    }
    const { current, total } = line.progressDetail ?? {};
    if (line.id !== undefined && line.status === 'Downloading' && current !== undefined && total !== undefined) {
      layers.set(line.id, { current, total });
    }
    if (layers.size === 0 || performance.now() - told < INTERVAL_MS) {
      return;
    }
    told = performance.now();
    progress(`pulling ${image}: ${describe([...layers.values()])}`, image);
  };
  return {
    follow: (stream: Readable) => {
      createInterface({ input: stream })
        .on('line', handle)
        .on('error', () => undefined);
    },
    failure: () => failure,
    stalled,
    end: () => clearTimeout(stall),
  };
}

function parse(line: string): PullLine {
  try {
    return JSON.parse(line) as PullLine;
  } catch {
    return {};
  }
}

function describe(layers: readonly { current: number; total: number }[]): string {
  const megabytes = (key: 'current' | 'total') => layers.reduce((sum, layer) => sum + layer[key], 0) / 1e6;
  return `${megabytes('current').toFixed(0)} of ${megabytes('total').toFixed(0)} MB`;
}
