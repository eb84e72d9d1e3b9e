import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { reportsFolder } from './run-nx.ts';

/** The folder, below {@link reportsFolder}, of all results that a machine used or found: what is worth keeping of its run. */
const USED = 'kept';

/**
 * The folder that the forge carries from one run of the default branch to the next, or undefined where there is none.
 * Nx's own cache cannot be carried: its database is named after the machine's id. On GitLab every branch may write to the
 * caches of the forge, so that only runs of the default branch read them; GitHub keeps those of other branches apart.
 */
export function keptFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const isOther = environment.GITLAB_CI && environment.CI_COMMIT_BRANCH !== environment.CI_DEFAULT_BRANCH;
  return isOther ? undefined : environment.CI_KEPT_CACHE || undefined;
}

/** A cache of Nx's protocol that runs in this process, for this process's Nx. */
export interface KeptCache {
  readonly url: string;
  readonly token: string;
  /** How many results it began with. */
  readonly size: number;
  /** Ends it; else it lasts as long as the process, which it does not keep alive. */
  close(): void;
}

/**
 * Serves a folder of results by the protocol of Nx's remote cache, on the loopback interface.
 * Results that are asked for or new are copied below {@link reportsFolder}; the folder itself is only read.
 * @param folder relative to `root`; one that is not there has no results
 */
export async function serveKept(folder: string, root: string): Promise<KeptCache> {
  const kept = join(root, folder);
  const used = join(root, reportsFolder, USED);
  const token = randomBytes(24).toString('hex');
  // Nx drops a result without a word when the server closes an idle connection just as Nx takes it up again.
  const server = createServer({ keepAliveTimeout: 600_000 }, async (request, response) => {
    const hash = /^\/v1\/cache\/(\w+)$/.exec(request.url ?? '')?.[1];
    if (request.headers.authorization !== `Bearer ${token}`) {
      return response.writeHead(401).end();
    }
    if (hash === undefined) {
      return response.writeHead(400).end();
    }
    mkdirSync(used, { recursive: true });
    if (request.method === 'PUT') {
      const content = await bodyOf(request);
      writeWhole(join(used, hash), content);
      return response.writeHead(200).end();
    }
    if (existsSync(join(kept, hash))) {
      copyFileSync(join(kept, hash), join(used, hash));
    }
    if (!existsSync(join(used, hash))) {
      return response.writeHead(404).end();
    }
    return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(readFileSync(join(used, hash)));
  });
  // Nx's client, which may be in this very process, keeps its connections for minutes.
  server.on('connection', (socket) => socket.unref());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, token, size: namesIn(kept).length, close: () => void server.close() };
}

/**
 * Puts what the machines of a run used or found into the folder that the forge carries, in place of what was there. That
 * stays where the run tells nothing of it: where a task failed, others may not have run, and at night none looks at a cache.
 * @param machines their copies of {@link reportsFolder}
 */
export function gatherKept(machines: readonly string[], folder: string, root: string, failed: boolean): void {
  const kept = join(root, folder);
  const used = machines.map((machine) => join(machine, USED)).filter((path) => existsSync(path));
  if (used.length > 0 && !failed) {
    rmSync(kept, { recursive: true, force: true });
  }
  for (const path of used) {
    cpSync(path, kept, { recursive: true });
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** So that nobody reads half a result. */
function writeWhole(file: string, content: Buffer): void {
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
