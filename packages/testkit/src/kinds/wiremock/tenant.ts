import { randomUUID } from 'node:crypto';
import type { Stub } from '@splitlevel/openapi';
import { type WiremockAdmin, WiremockRefusal } from './admin.ts';
import type { SeenRequest } from './requests/compare.ts';
import { type Taken, TenantJournal } from './requests/journal.ts';
import { prefixMapping, prefixOf } from './stubs/prefix-mapping.ts';
import { StoredBodies } from './stubs/stored-body.ts';

/** The outcome of a tenant's requests. */
export interface RequestLog {
  /** Requests that no stub matched, oldest first. */
  readonly unmatched: readonly SeenRequest[];
  /** Requests that came to the tenant's port without its path. */
  readonly stray: readonly SeenRequest[];
  /** Each stub with the requests it answered. */
  readonly answered: ReadonlyMap<Stub, readonly SeenRequest[]>;
}

/** After every stub of a package, whose lowest priority is 5 unless it says so. */
const LAST = 2_147_483_647;

/** The stubs of one test on a WireMock that others use at the same time. */
export class Tenant {
  readonly id: string;
  readonly #admin: WiremockAdmin;
  readonly #journal: TenantJournal;
  readonly #bodies: StoredBodies;
  readonly #stubs = new Map<string, Stub>();
  readonly #unmatched = randomUUID();
  readonly #stray = randomUUID();

  /** @param id letters and digits, unlike that of any other tenant */
  constructor(admin: WiremockAdmin, id: string) {
    if (!/^[a-zA-Z0-9]{1,64}$/.test(id)) {
      throw new Error(`A tenant's id has letters and digits only, unlike ${JSON.stringify(id)}.`);
    }
    this.#admin = admin;
    this.#journal = new TenantJournal(admin, id);
    this.#bodies = new StoredBodies(admin, id);
    this.id = id;
  }

  get prefix(): string {
    return prefixOf(this.id);
  }

  get stubs(): Stub[] {
    return [...this.#stubs.values()];
  }

  /**
   * Loads stubs, in one request, along with two that catch what no other matches.
   * @param port of the tenant's proxy: requests that name it and lost the tenant's path are noted as stray
   */
  async open(stubs: readonly Stub[], port?: number): Promise<void> {
    const unmatched = {
      priority: LAST,
      response: { status: 404, body: `No stub matches this request (test ${this.id}).\n` },
    };
    const mappings = [prefixMapping(unmatched, this.id, this.#unmatched)];
    if (port !== undefined) {
      mappings.push({
        id: this.#stray,
        priority: LAST,
        request: { headers: { host: { matches: `.*:${port}` } }, urlPathPattern: `(?!${this.prefix}(?:/|$)).*` },
        response: { status: 404, body: `The base URL's path ${this.prefix} is missing.\n` },
        metadata: { tenant: this.id },
      });
    }
    await this.#load(stubs, mappings);
  }

  /** Adds a stub, which is asked before those of the same priority that were there. */
  async add(stub: Stub): Promise<string> {
    const [id] = await this.#load([stub], []);
    return id as string;
  }

  async remove(id: string): Promise<void> {
    await this.#admin.removeMapping(id);
  }

  /**
   * Takes stubs in place of all that it had.
   * @throws {Error} when WireMock refuses one; then those that it had stay
   */
  async replace(stubs: readonly Stub[]): Promise<void> {
    const before = [...this.#stubs.keys()];
    await this.#load(stubs, []);
    for (const id of before) {
      await this.remove(id);
      this.#stubs.delete(id);
    }
  }

  /**
   * The outcome of the requests since the last call, which are then forgotten.
   * @param isLarge whether they are large, together
   */
  async takeRequestLog(isLarge: boolean): Promise<RequestLog> {
    const requestLog = this.#requestLogOf(await this.#take(isLarge));
    this.#journal.forget();
    return requestLog;
  }

  /**
   * The requests so far, oldest first.
   * @param isLarge whether they are large, together
   */
  async requests(isLarge: boolean): Promise<SeenRequest[]> {
    const taken = await this.#take(isLarge);
    return taken.filter(({ stub }) => stub !== this.#stray).map(({ request }) => request);
  }

  /**
   * Removes the tenant's stubs and requests from WireMock, and says what there was.
   * @param isLarge whether the requests are large, together
   */
  async close(isLarge: boolean): Promise<RequestLog> {
    await this.#admin.removeMappings(this.id);
    await this.#bodies.remove();
    return this.#requestLogOf(await this.#take(isLarge));
  }

  #take(isLarge: boolean): Promise<Taken[]> {
    return this.#journal.take([this.#unmatched, this.#stray, ...this.#stubs.keys()], isLarge);
  }

  async #load(stubs: readonly Stub[], more: readonly ReturnType<typeof prefixMapping>[]): Promise<string[]> {
    const ids = stubs.map(() => randomUUID());
    const mappings = await Promise.all(
      stubs.map(({ mapping }, index) => this.#bodies.store(prefixMapping(mapping, this.id, ids[index] as string))),
    );
    try {
      // WireMock asks the stub that came last first, also within one import.
      await this.#admin.importMappings([...more, ...mappings]);
    } catch (error) {
      throw explain(error, stubs, more.length);
    }
    for (const [index, stub] of stubs.entries()) {
      this.#stubs.set(ids[index] as string, stub);
    }
    return ids;
  }

  #requestLogOf(requests: readonly Taken[]): RequestLog {
    const of = (id: string) => requests.filter(({ stub }) => stub === id).map(({ request }) => request);
    const answered = new Map([...this.#stubs].map(([id, stub]) => [stub, of(id)]));
    return { unmatched: of(this.#unmatched), stray: of(this.#stray), answered };
  }
}

function explain(error: unknown, stubs: readonly Stub[], skipped: number): unknown {
  if (!(error instanceof WiremockRefusal)) {
    return error;
  }
  const [, index, path] = /^\/mappings\/(\d+)\/?(.*)/.exec(error.pointer ?? '') ?? [];
  const stub = index === undefined ? undefined : stubs[Number(index) - skipped];
  if (!stub) {
    return error;
  }
  const part = path ? `"${path.replaceAll('/', '.')}"` : 'it';
  return new Error(`WireMock refused the stub ${stub.source}, because of ${part}: ${error.detail}`, { cause: error });
}
