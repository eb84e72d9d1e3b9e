import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { extname, join } from 'node:path';
import { now, sleep } from '@splitlevel/guards/originals';
import type { Workspace } from '../workspace.ts';
import { type Answer, type Message, type Question, receive, send } from './daemon-protocol.ts';
import { checkStateDirectory, stateFiles } from './state-directory.ts';

/** How long it may take until a daemon answers: one that ends is waited for. */
const PATIENCE_MS = 30_000;
const INTERVAL_MS = 10;

/** How long a daemon may take to greet a client. */
const HELLO_MS = 5000;

/** A lease on the workspace's servers: they stay as long as it is open. */
export class DaemonConnection {
  readonly #socket: Socket;
  readonly #pending = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  readonly #log: string;
  #nextId = 1;
  /** Called for what takes long. */
  onProgress: (text: string, key: string) => void = () => undefined;
  /** Called once, when the daemon is gone or the connection was closed. */
  onClose: () => void = () => undefined;

  constructor(socket: Socket, log: string) {
    this.#socket = socket;
    this.#log = log;
    socket.unref();
    socket.on('close', () => this.#lose());
  }

  /** Handles a message of the daemon. */
  accept(message: Message): void {
    if ('progress' in message) {
      this.onProgress(message.progress, message.key);
    }
    if (!('id' in message)) {
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) {
      this.#socket.unref();
    }
    if ('failure' in message) {
      pending?.reject(new Error(message.failure));
    } else {
      pending?.resolve(message.answer);
    }
  }

  /** @throws {Error} with what the daemon says went wrong, or when the daemon is gone. */
  ask(question: Question): Promise<Answer> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        return reject(this.#lost());
      }
      this.#pending.set(id, { resolve, reject });
      this.#socket.ref();
      send(this.#socket, { ...question, id });
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #lose(): void {
    for (const { reject } of this.#pending.values()) {
      reject(this.#lost());
    }
    this.#pending.clear();
    this.onClose();
  }

  #lost(): Error {
    const words = readEnd(this.#log);
    const said = words === '' ? '' : ` It said last:\n${words}`;
    return new Error(
      `The testkit's server daemon, which holds the servers, ended while it was needed; somebody killed it, or it failed. Run the tests again.${said}`,
    );
  }
}

/**
 * Connects to the workspace's daemon, and starts it where there is none.
 *
 * @throws {Error} when the state directory is not private, or no daemon answers.
 */
export async function connectToDaemon(workspace: Workspace): Promise<DaemonConnection> {
  if (process.platform === 'win32') {
    throw new Error('The testkit does not keep servers on Windows. Run the integration tests in WSL 2.');
  }
  const deadline = now() + PATIENCE_MS;
  let daemon: StartedDaemon | undefined;
  checkStateDirectory(workspace);
  while (now() < deadline) {
    const connection = await tryConnect(workspace);
    if (connection !== undefined) {
      return connection;
    }
    if (daemon === undefined || daemon.state === 'ended') {
      daemon = startDaemon(workspace);
    }
    if (typeof daemon.state === 'object') {
      throw daemon.state;
    }
    await sleep(INTERVAL_MS);
  }
  throw new Error(
    `The testkit's server daemon, which holds the servers, did not answer within ${PATIENCE_MS / 1000} s; what it said is in ${stateFiles(workspace).log}`,
  );
}

function tryConnect(workspace: Workspace): Promise<DaemonConnection | undefined> {
  const { socket: path, log } = stateFiles(workspace);
  return new Promise((resolve) => {
    const socket = connect(path);
    const fail = () => resolve(undefined);
    let connection: DaemonConnection | undefined;
    socket.on('error', fail);
    socket.on('close', fail);
    socket.setTimeout(HELLO_MS, () => socket.destroy());
    receive<Message>(socket, (message) => {
      if (connection === undefined && 'hello' in message) {
        socket.setTimeout(0);
        connection = new DaemonConnection(socket, log);
        resolve(connection);
      } else {
        connection?.accept(message);
      }
    });
  });
}

/** The state of a daemon that was started here: it ends where another one is quicker, and then may be needed again. */
interface StartedDaemon {
  state: 'running' | 'ended' | Error;
}

/** Starts a daemon that outlives this process. */
function startDaemon(workspace: Workspace): StartedDaemon {
  const started: StartedDaemon = { state: 'running' };
  const script = join(import.meta.dirname, 'server-daemon.sh');
  const { stateDirectory, root, cache } = workspace;
  // With LF, also where git checked it out with CRLF, which no shell runs.
  const text = readFileSync(script, 'utf8').replaceAll('\r\n', '\n');
  const parameters = [process.execPath, extname(import.meta.filename), stateDirectory, root, crypto.randomUUID()];
  const daemon = spawn('/bin/sh', ['-c', text, script, ...parameters], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: join(cache, 'code') }),
    },
  });
  let said = '';
  daemon.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  daemon.unref();
  (daemon.stderr as Socket).unref();
  daemon.once('error', (cause) => {
    started.state = new Error(
      `The testkit's server daemon, which holds the servers, could not be started: ${cause.message}`,
      {
        cause,
      },
    );
  });
  daemon.once('close', (status, signal) => {
    started.state = status === 0 ? 'ended' : new Error(describeEnd(signal ?? `status ${status}`, said.trim()));
  });
  return started;
}

function describeEnd(how: string, said: string): string {
  const words = said === '' ? '' : ` It said:\n${said}`;
  return `The testkit's server daemon, which holds the servers, ended with ${how} before it answered.${words}`;
}

function readEnd(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
  } catch {
    return '';
  }
}
