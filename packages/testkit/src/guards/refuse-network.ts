import dgram from 'node:dgram';
import dns from 'node:dns';
import inspector from 'node:inspector';
import net from 'node:net';
import { withSite } from './caller.ts';
import { refuse } from './refusal.ts';
import { type AnyFunction, replaceMethod } from './replace.ts';

/** Refuses connections, listening sockets, datagrams and name resolution. */
export function refuseNetwork(): void {
  // net, tls, http, http2, fetch, undici and pg all come through this prototype.
  refuseCall(net.Socket.prototype, 'connect', (args) => `connect to ${addressOf(args)}`);
  refuseCall(net.Server.prototype, 'listen', (args) => `listen on ${addressOf(args)}`);
  refuseCall(dgram, 'createSocket', () => 'open a UDP socket');
  for (const name of ['bind', 'connect', 'send', 'addMembership']) {
    refuseCall(dgram.Socket.prototype, name, () => `use a UDP socket (${name})`);
  }
  refuseCall(inspector, 'open', () => 'open the inspector (it listens on a port)');
  for (const owner of [dns, dns.Resolver.prototype]) refuseResolution(owner, false);
  for (const owner of [dns.promises, dns.promises.Resolver.prototype]) refuseResolution(owner, true);
  rememberSiteOfFetch();
}

function refuseResolution(owner: object, promised: boolean): void {
  const names = new Set([...Object.keys(owner), ...Object.getOwnPropertyNames(owner)]);
  for (const name of names) {
    if (!/^(lookup|lookupService|reverse|resolve\w*)$/.test(name)) continue;
    refuseCall(owner, name, ([host]) => `resolve the name ${String(host)} (dns.${name})`, promised);
  }
}

function refuseCall(owner: object, name: string, describe: (args: unknown[]) => string, promised = false): void {
  replaceMethod(owner, name, (original) => {
    const guarded: AnyFunction = function (...args) {
      const refusal = refuse('network', describe(args), guarded);
      if (!refusal) return original.apply(this, args);
      if (promised) return Promise.reject(refusal);
      throw refusal;
    };
    return guarded;
  });
}

/** undici connects on a later tick: without this, the message could not say which line called fetch. */
function rememberSiteOfFetch(): void {
  replaceMethod(globalThis, 'fetch', (original) => {
    const guarded: AnyFunction = function (...args) {
      return withSite(guarded, () => original.apply(this, args));
    };
    return guarded;
  });
}

/** The address in the arguments of connect and listen: (port, host), (path), (options) or Node's normalised [options]. */
export function addressOf(args: readonly unknown[]): string {
  const [first, second] = args;
  if (Array.isArray(first)) return addressOf(first);
  if (typeof first === 'object' && first !== null) {
    const { path, port, host, fd } = first as { path?: unknown; port?: unknown; host?: unknown; fd?: unknown };
    if (typeof path === 'string' && port === undefined) return path;
    if (fd !== undefined) return `file descriptor ${String(fd)}`;
    return addressOf([port, host]);
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return first;
  const host = typeof second === 'string' && second !== '' ? second : 'localhost';
  return `${host.includes(':') ? `[${host}]` : host}:${String(first ?? 0)}`;
}
