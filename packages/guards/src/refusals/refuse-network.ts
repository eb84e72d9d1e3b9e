import dgram from 'node:dgram';
import dns from 'node:dns';
import inspector from 'node:inspector';
import net from 'node:net';
import { withSite } from '../blame/caller.ts';
import { refuseCall } from '../blame/refuse-call.ts';
import { type AnyFunction, replaceMethod } from '../blame/replace.ts';
import { addressOf, refuseConnections } from './refuse-connections.ts';

/** Refuses connections, listening sockets, datagrams and name resolution. */
export function refuseNetwork(): void {
  refuseConnections();
  refuseCall(net.Server.prototype, 'listen', 'network', (args) => `listen on ${addressOf(args)}`);
  refuseCall(dgram, 'createSocket', 'network', () => 'open a UDP socket');
  for (const name of ['bind', 'connect', 'send', 'addMembership']) {
    refuseCall(dgram.Socket.prototype, name, 'network', () => `use a UDP socket (${name})`);
  }
  refuseCall(inspector, 'open', 'network', () => 'open the inspector (it listens on a port)');
  for (const owner of [dns, dns.Resolver.prototype]) {
    refuseResolution(owner, false);
  }
  for (const owner of [dns.promises, dns.promises.Resolver.prototype]) {
    refuseResolution(owner, true);
  }
  rememberSiteOfFetch();
}

function refuseResolution(owner: object, promised: boolean): void {
  const names = new Set([...Object.keys(owner), ...Object.getOwnPropertyNames(owner)]);
  for (const name of names) {
    if (!/^(lookup|lookupService|reverse|resolve\w*)$/.test(name)) {
      continue;
    }
    refuseCall(owner, name, 'network', ([host]) => `resolve the name ${String(host)} (dns.${name})`, promised);
  }
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
