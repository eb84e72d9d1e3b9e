import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findWorkspace } from '@splitlevel/guards/find-workspace';

/** Changes when a client and a daemon of different versions of the testkit would misunderstand each other. */
const PROTOCOL = 3;

/**
 * The variables that decide which engine a daemon speaks to, and which Java it starts: another value is another daemon.
 */
const DECISIVE = [
  'DOCKER_HOST',
  'DOCKER_TLS_VERIFY',
  'DOCKER_CERT_PATH',
  'TESTCONTAINERS_HOST_OVERRIDE',
  'TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE',
  'JAVA_HOME',
];

/** The images that the workspace pins, by kind of server. */
export type Images = Readonly<Record<string, string>>;

/** The workspace whose servers these are, and the private names that follow from it. */
export interface Workspace {
  readonly root: string;
  readonly images: Images;
  /** Where the daemon's socket, lock and log are; made by `prepareStateDirectory`. */
  readonly stateDirectory: string;
  /** For what can be computed again; undefined where npm has installed nothing, so that nothing is left there. */
  readonly cache: string | undefined;
  /** Twelve hexadecimal digits, part of the containers' names. */
  readonly id: string;
}

/**
 * Reads the workspace's pinned images and names its state directory after everything that decides which servers it has:
 * two runs share a daemon only where its servers are right for both.
 *
 * @param root The folder of images.json; by default `TESTKIT_WORKSPACE`, or else the workspace in which the testkit is.
 * @param environment What decides which engine and which Java are used.
 * @throws {Error} when images.json cannot be read or does not hold names of images.
 */
export function openWorkspace(
  root = process.env.TESTKIT_WORKSPACE ?? ownWorkspace(),
  environment: NodeJS.ProcessEnv = process.env,
): Workspace {
  const realRoot = realpathSync(root);
  const images = readImages(join(realRoot, 'images.json'));
  const temporary = findTemporaryFolder();
  const { uid } = userInfo();
  const decisive = DECISIVE.map((name) => environment[name] ?? null);
  const id = createHash('sha256')
    .update(JSON.stringify([PROTOCOL, hostname(), uid, temporary, realRoot, images, decisive]))
    .digest('hex')
    .slice(0, 12);
  const modules = join(realRoot, 'node_modules');
  return {
    root: realRoot,
    images,
    id,
    stateDirectory: join(temporary, `splitlevel-${uid}-${id}`),
    cache: existsSync(modules) ? join(modules, '.cache/testkit') : undefined,
  };
}

/** The workspace in which this package is, or else the working folder. */
function ownWorkspace(): string {
  const found = findWorkspace(import.meta.filename) ?? findWorkspace(join(process.cwd(), 'nx.json'));
  if (found !== undefined) {
    return found;
  }
  throw new Error(
    `There is no nx.json in ${import.meta.dirname} or ${process.cwd()}, nor in a folder above: run it in the workspace, or set TESTKIT_WORKSPACE to its folder.`,
  );
}

function findTemporaryFolder(): string {
  try {
    return realpathSync(tmpdir());
  } catch (cause) {
    throw new Error(
      `The folder for temporary files, ${tmpdir()}, is not there: ${(cause as Error).message}. Make it, or set TMPDIR to one that this user may write.`,
      { cause },
    );
  }
}

function readImages(file: string): Images {
  let images: unknown;
  try {
    images = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(
      `The pinned images could not be read from ${file}: ${(cause as Error).message}. It must be a JSON object of images by kind, for example {"postgres": "postgres:18-alpine"}.`,
      { cause },
    );
  }
  const valid =
    typeof images === 'object' &&
    images !== null &&
    !Array.isArray(images) &&
    Object.values(images).every((image) => typeof image === 'string');
  if (!valid) {
    throw new Error(`${file} must be a JSON object of images by kind, for example {"postgres": "postgres:18-alpine"}.`);
  }
  return images as Images;
}
