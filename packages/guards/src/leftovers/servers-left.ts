import { ChildProcess } from 'node:child_process';
import net from 'node:net';
import { siteOf } from '../blame/caller.ts';
import { type AnyFunction, replaceMethod } from '../blame/replace.ts';
import { originOf, workerScope } from '../blame/started-by.ts';
import type { Leftover } from './leftover.ts';

type Listening = net.Server & { closeAllConnections?(): void };

let servers = new Map<Listening, { readonly stack?: string }>();
let processes = new Map<ChildProcess, { readonly stack?: string }>();

/** From now on notes which code starts servers and processes. */
export function watchServers(): void {
  note(net.Server.prototype, 'listen', (server, site) => servers.set(server as Listening, site));
  note(ChildProcess.prototype, 'spawn', (child, site) => processes.set(child as ChildProcess, site));
}

function note(owner: object, name: string, keep: (started: object, site: { readonly stack?: string }) => void): void {
  replaceMethod(owner, name, (original) => {
    const noted: AnyFunction = function (this: object, ...args) {
      if (!workerScope.getStore()) {
        keep(this, siteOf(noted));
      }
      return original.apply(this, args);
    };
    return noted;
  });
}

/** Servers that still listen, and processes that still run, which code of the workspace started since the last call. */
export function serversLeft(): Leftover[] {
  const listening = [...servers].filter(([server]) => server.listening);
  const running = [...processes].filter(([child]) => isRunning(child));
  servers = new Map();
  processes = new Map();
  return [
    ...listening.flatMap(([server, { stack }]) => {
      const restore = (): void => {
        server.close();
        server.closeAllConnections?.();
      };
      return leftover(`a server that listens on ${addressOf(server)}`, stack, restore);
    }),
    ...running.flatMap(([child, { stack }]) =>
      leftover(`a running process, ${child.spawnfile} (${child.pid})`, stack, () => void child.kill('SIGKILL')),
    ),
  ];
}

function leftover(what: string, stack: string | undefined, restore: () => void): Leftover[] {
  const origin = originOf(stack);
  return origin ? [{ what: `${what}, started at ${origin.place}`, restore }] : [];
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null && !child.killed;
}

function addressOf(server: net.Server): string {
  const address = server.address();
  return typeof address === 'string' ? address : `${address?.address}:${address?.port}`;
}
