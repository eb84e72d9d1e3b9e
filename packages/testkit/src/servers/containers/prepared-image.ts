import { createHash } from 'node:crypto';
import type { StartRequest } from '../running-server.ts';
import type { ServerKind } from '../server-kind.ts';
import type { Engine } from './engine-client.ts';
import { reaperLabel } from './reaper.ts';
import { DAEMON_LABEL, removeContainer } from './remove-containers.ts';

/** Holds the password that a prepared server was given; whoever may read it may read the containers' too. */
const PASSWORD_LABEL = 'splitlevel.password';

/** How long the preparation may take. */
const TIMEOUT_MS = 60_000;

/** An image of this machine, made from a pinned one, with what takes long at every start done already. */
export interface PreparedImage {
  readonly name: string;
  readonly password: string;
}

/** Resolves with undefined where it was not made yet. */
export async function findPreparedImage(
  engine: Engine,
  image: string,
  kindName: string,
  prepare: NonNullable<ServerKind['prepare']>,
): Promise<PreparedImage | undefined> {
  const { dockerode } = engine.client.container;
  const name = await preparedName(engine, image, kindName, prepare);
  try {
    const { Config } = await dockerode.getImage(name).inspect();
    const password = Config.Labels?.[PASSWORD_LABEL];
    return password === undefined ? undefined : { name, password };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) {
      return undefined;
    }
    throw error;
  }
}

/** Makes the image for the starts to come, if nobody has: runs the kind's script in a container without a network, and keeps the result. */
export async function makePreparedImage(
  engine: Engine,
  image: string,
  prepare: NonNullable<ServerKind['prepare']>,
  { kind, daemon, password, workspace }: Pick<StartRequest, 'kind' | 'daemon' | 'password' | 'workspace'>,
): Promise<void> {
  if ((await findPreparedImage(engine, image, kind.name, prepare)) !== undefined) {
    return;
  }
  const { dockerode } = engine.client.container;
  const name = await preparedName(engine, image, kind.name, prepare);
  const container = await dockerode.createContainer({
    name: `splitlevel-${workspace.id}-${kind.name}-preparation`,
    Image: image,
    User: prepare.user,
    Entrypoint: ['sh', '-ec', prepare.script],
    Cmd: [],
    Env: Object.entries(kind.container(password).environment ?? {}).map(([key, value]) => `${key}=${value}`),
    Labels: { ...reaperLabel(daemon), [DAEMON_LABEL]: daemon },
    HostConfig: { NetworkMode: 'none' },
    abortSignal: AbortSignal.timeout(TIMEOUT_MS),
  });
  try {
    await container.start({ abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
    const { StatusCode } = (await container.wait({ abortSignal: AbortSignal.timeout(TIMEOUT_MS) })) as {
      StatusCode: number;
    };
    if (StatusCode !== 0) {
      throw new Error(`The preparation of ${image} ended with status ${StatusCode}.`);
    }
    const [repo, tag] = name.split(':');
    // A committed image has the labels of its container, by which it must not be taken for one.
    const labels = [...Object.keys(reaperLabel(daemon)), DAEMON_LABEL].map((label) => `LABEL ${label}=`);
    await container.commit({ repo, tag, changes: [...labels, `LABEL ${PASSWORD_LABEL}=${password}`].join('\n') });
  } finally {
    await removeContainer(dockerode, container.id);
  }
}

async function preparedName(
  { client }: Engine,
  image: string,
  kindName: string,
  prepare: NonNullable<ServerKind['prepare']>,
): Promise<string> {
  const { Id } = await client.container.dockerode.getImage(image).inspect();
  const hash = createHash('sha256').update(`${Id}\n${prepare.user}\n${prepare.script}`).digest('hex');
  return `splitlevel/${kindName}:${hash.slice(0, 16)}`;
}
