import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The engine of this machine, which must not be harmed. */
const ENGINE = '/var/run/docker.sock';

/** An engine that a test may end. */
export interface EngineProxy {
  /** For processes that are to use it. */
  readonly environment: NodeJS.ProcessEnv;
  /** The engine is gone, for those who used it. */
  close(): Promise<void>;
}

/** The engine's messages during a pull, see the ImageCreate call of its API. */
export type TellPull = (line: object) => void;

/**
 * Opens a socket that behaves as the engine's.
 *
 * @param behaviour `pull` is called instead of pulling an image; the pull ends when it resolves.
 */
export async function openProxy(behaviour: { pull?: (tell: TellPull) => Promise<void> }): Promise<EngineProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'testkit-engine-'));
  const path = join(folder, 'engine.sock');
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const engine = connect(ENGINE);
    for (const socket of [client, engine]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        engine.destroy();
      });
    }
    client.on('data', (chunk) => {
      const isPull = /^POST [^ ]*\/images\/create\?/.test(chunk.toString('latin1'));
      if (isPull && behaviour.pull !== undefined) {
        void answerPull(client, behaviour.pull);
      } else {
        engine.write(chunk);
      }
    });
    engine.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    // Ryuk, in its container, needs the real one.
    environment: { DOCKER_HOST: `unix://${path}`, TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE: ENGINE },
    close: async () => {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answerPull(client: Socket, pull: (tell: TellPull) => Promise<void>): Promise<void> {
  client.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n');
  const write = (text: string) => client.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
  await pull((line) => write(`${JSON.stringify(line)}\r\n`));
  client.write('0\r\n\r\n');
}
