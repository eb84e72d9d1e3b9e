import net from 'node:net';
import { withSite } from '../blame/caller.ts';
import { refuse } from '../blame/refusal.ts';
import { type AnyFunction, replaceMethod } from '../blame/replace.ts';

interface Binding {
  readonly TCP: { readonly prototype: object };
  readonly Pipe: { readonly prototype: object };
}
interface Socket extends net.Socket {
  _handle?: object | null;
}

/** Sockets whose connection was judged where it was asked for. */
const letThrough = new WeakSet<net.Socket>();

/** Handles of Node's, by the name of their class. */
const NATIVE = new Set(['TCP', 'Pipe', 'TLSWrap']);

/** The methods of a socket that a double replaces, to answer in place of the network. */
const REPLACED = ['connect', '_write', '_writev', '_writeGeneric', '_read'] as const;

/**
 * Refuses connections that leave the process. net, tls, http, http2, fetch, undici and pg all come through
 * `net.Socket.prototype.connect`, where they are refused at once. A socket of which something is replaced may be a double
 * (of nock, msw, or a test's own) that answers below: it is refused where its handle really connects.
 */
export function refuseConnections(): void {
  const binding = (name: string): Binding => (process as unknown as { binding(name: string): Binding }).binding(name);
  const { TCP } = binding('tcp_wrap');
  const { Pipe } = binding('pipe_wrap');
  replaceMethod(net.Socket.prototype, 'connect', (original) => {
    const guarded: AnyFunction = function (this: Socket, ...args) {
      if (mayBeDouble(this)) {
        return withSite(guarded, () => original.apply(this, args));
      }
      const refusal = refuse('network', `connect to ${addressOf(args)}`, guarded);
      if (refusal) {
        throw refusal;
      }
      letThrough.add(this);
      return original.apply(this, args);
    };
    return guarded;
  });
  for (const name of ['connect', 'connect6']) {
    refuseHandle(TCP.prototype, name, ([, host, port]) => [port, host]);
  }
  refuseHandle(Pipe.prototype, 'connect', ([, path]) => [path]);
}

function mayBeDouble(socket: Socket): boolean {
  if (socket.listenerCount('connectionAttempt') > 0) {
    return true;
  }
  const handle = socket._handle;
  if (handle && (!NATIVE.has(handle.constructor.name) || isChanged(handle))) {
    return true;
  }
  return REPLACED.some((name) => Object.hasOwn(socket, name)) || isOverridden(socket);
}

function isChanged(handle: object): boolean {
  return ['connect', 'connect6'].some((name) => Object.hasOwn(handle, name));
}

/** A subclass of the test's or of a library's that writes or reads in its own way. */
function isOverridden(socket: Socket): boolean {
  const last = net.Socket.prototype as object;
  for (
    let level = Object.getPrototypeOf(socket) as object;
    level && level !== last;
    level = Object.getPrototypeOf(level)
  ) {
    const { name } = level.constructor;
    if (name !== 'TLSSocket' && REPLACED.some((key) => Object.hasOwn(level, key))) {
      return true;
    }
  }
  return false;
}

function refuseHandle(prototype: object, name: string, addressIn: (args: unknown[]) => unknown[]): void {
  replaceMethod(prototype, name, (original) => {
    const guarded: AnyFunction = function (this: object, ...args) {
      const socket = ownerOf(this);
      if (socket && letThrough.has(socket)) {
        return original.apply(this, args);
      }
      const refusal = refuse('network', `connect to ${addressOf(addressIn(args))}`, guarded);
      if (!refusal) {
        return original.apply(this, args);
      }
      // Thrown here, it would be nobody's: this is a later tick.
      socket?.destroy(refusal);
      return 0;
    };
    return guarded;
  });
}

function ownerOf(handle: object): net.Socket | undefined {
  const symbol = Object.getOwnPropertySymbols(handle).find(({ description }) => description === 'owner_symbol');
  return symbol && (handle as Record<symbol, net.Socket>)[symbol];
}

/** The address in the arguments of connect and listen: (port, host), (path), (options) or Node's normalised [options]. */
export function addressOf(args: readonly unknown[]): string {
  const [first, second] = args;
  if (Array.isArray(first)) {
    return addressOf(first);
  }
  if (typeof first === 'object' && first !== null) {
    const { path, port, host, fd } = first as { path?: unknown; port?: unknown; host?: unknown; fd?: unknown };
    if (typeof path === 'string' && port === undefined) {
      return path;
    }
    if (fd !== undefined) {
      return `file descriptor ${String(fd)}`;
    }
    return addressOf([port, host]);
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) {
    return first;
  }
  const host = typeof second === 'string' && second !== '' ? second : 'localhost';
  return `${host.includes(':') ? `[${host}]` : host}:${String(first ?? 0)}`;
}
