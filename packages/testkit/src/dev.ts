// `nx dev NAME`: serves a package on the testkit's own servers, with migrations applied and stubs loaded.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { wantsColours, withColours } from './dev/colours.ts';
import type { Message } from './dev/session.ts';
import { siblingModule } from './dev/sibling-module.ts';

/** One after the other: a session is replaced where modules that it has read must be read anew. */
class Session {
  readonly #process: ChildProcess;
  readonly #messages: Message[] = [];
  #wake = () => {};

  constructor(packageDirectory: string) {
    const colours = wantsColours(process.env, process.stdout.isTTY);
    this.#process = fork(siblingModule(import.meta.dirname, 'dev/session'), [packageDirectory], {
      env: withColours(process.env, colours),
      stdio: 'inherit',
    });
    this.#process.on('message', (message: Message) => {
      this.#messages.push(message);
      this.#wake();
    });
    this.#process.on('exit', () => this.#wake());
  }

  /** The session's next message, or its exit code. */
  async next(): Promise<Message | number> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) {
        return message;
      }
      const { exitCode, signalCode } = this.#process;
      if (exitCode !== null || signalCode !== null) {
        return exitCode ?? 1;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  serve(): void {
    this.#process.send('serve' satisfies Message);
  }

  /** It was not replaced. */
  goOn(): void {
    if (this.#process.connected) {
      this.#process.send('go-on' satisfies Message);
    }
  }

  async end(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) {
      return;
    }
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }
}

async function supervise(packageDirectory: string): Promise<number> {
  const sessions = new Set<Session>();
  const start = () => {
    const session = new Session(packageDirectory);
    sessions.add(session);
    return session;
  };
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      ending = true;
      for (const session of sessions) {
        void session.end();
      }
    });
  }
  let current = start();
  for (;;) {
    const said = await current.next();
    if (typeof said === 'number') {
      return ending ? 0 : said;
    }
    if (said === 'prepared') {
      current.serve();
    }
    if (said !== 'again' || ending) {
      continue;
    }
    // The old one serves until the new one is ready, and goes on where that fails; the new one has said why.
    const next = start();
    if ((await next.next()) !== 'prepared') {
      current.goOn();
      continue;
    }
    await current.end();
    current = next;
    current.serve();
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error(`Usage: node ${process.argv[1]} PACKAGE_FOLDER`);
  process.exit(2);
}
process.exit(await supervise(resolve(folder)));
