import { randomBytes } from 'node:crypto';
import { type FaultProxy, openFaultProxy, targetOf } from '../shared/faults/fault-proxy.ts';
import { ServerFaults } from '../shared/faults/server-faults.ts';
import { empty } from './empty.ts';
import { plain, type ServerSession } from './server-session.ts';
import { dropVirtualHost, virtualHostName } from './sweep.ts';
import type { VirtualHost } from './virtual-host.ts';

let made = 0;

/** A virtual host of this process, with a user who may use this one only, and the two proxies that lead to it. */
export class WorkerHost {
  readonly name: string;
  readonly faults: ServerFaults;
  readonly #session: ServerSession;
  readonly #url: string;
  readonly #proxy: FaultProxy;
  readonly #undisturbed: FaultProxy;

  private constructor(session: ServerSession, name: string, url: string, proxies: readonly [FaultProxy, FaultProxy]) {
    this.#session = session;
    this.name = name;
    this.#url = url;
    [this.#proxy, this.#undisturbed] = proxies;
    this.faults = new ServerFaults(this.#proxy);
  }

  static async make(session: ServerSession): Promise<WorkerHost> {
    const { admin, server } = session;
    const name = virtualHostName(session.id, ++made);
    const password = randomBytes(16).toString('hex');
    await admin.ask('PUT', `/vhosts/${name}`, {});
    await admin.ask('PUT', `/users/${name}`, { password, tags: '' });
    await admin.ask('PUT', `/permissions/${name}/${name}`, { configure: '.*', write: '.*', read: '.*' });
    const url = new URL(plain(server.url));
    const target = targetOf(url, 5672);
    url.username = name;
    url.password = password;
    url.pathname = `/${name}`;
    return new WorkerHost(session, name, url.href, [await openFaultProxy(target), await openFaultProxy(target)]);
  }

  /** The fixture of one test. */
  fixture(): VirtualHost {
    return {
      url: this.#proxy.through(this.#url),
      undisturbedUrl: this.#undisturbed.through(this.#url),
      fault: this.faults.begin(),
    };
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#proxy.connections + this.#undisturbed.connections;
  }

  /** The names that clients gave to the connections which are open, as far as the server knows of them yet. */
  async connectionNames(): Promise<string[]> {
    const listed = await this.#session.admin.ask('GET', `/vhosts/${this.name}/connections`);
    return ((listed ?? []) as { user_provided_name?: string }[]).flatMap(({ user_provided_name: name }) => name ?? []);
  }

  /** Cuts all connections. Clients that are alive connect again. */
  async cut(): Promise<void> {
    await Promise.all([this.#proxy.cut(), this.#undisturbed.cut()]);
  }

  empty(): Promise<void> {
    return empty(this.#session.admin, this.name);
  }

  /** Deletes the virtual host, and ends connections to it. */
  async close(): Promise<void> {
    await Promise.all([this.#proxy.close(), this.#undisturbed.close()]);
    await dropVirtualHost(this.#session.admin, this.name);
  }
}
