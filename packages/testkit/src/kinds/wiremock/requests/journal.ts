import type { LoggedRequest, ServeEvent, WiremockAdmin } from '../admin.ts';
import { prefixOf, withoutPrefix } from '../stubs/prefix-mapping.ts';
import type { SeenRequest } from './compare.ts';

/** A request, and the id of the stub that answered it. */
export interface Taken {
  readonly request: SeenRequest;
  readonly stub: string | undefined;
}

/** Digits of a body's length up to which it is small: less than 10 kB. */
const SMALL = '[0-9]{1,4}';
/** From 1 MB on. */
const HUGE = '[0-9]{7,}';
/** As many requests of medium size are asked for at a time. */
const BATCH = 20;

/**
 * The requests of one tenant. WireMock keeps them in its memory and answers with whole bodies, each several times over, so
 * that large ones are taken out one by one.
 */
export class TenantJournal {
  readonly #admin: WiremockAdmin;
  readonly #tenant: string;
  readonly #taken: { readonly at: number; readonly taken: Taken }[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(admin: WiremockAdmin, tenant: string) {
    this.#admin = admin;
    this.#tenant = tenant;
  }

  /**
   * Takes what came since the last time out of WireMock.
   * @param stubs the ids of all stubs of the tenant
   * @param isLarge whether the requests are large, together
   * @returns all requests so far, oldest first
   */
  async take(stubs: readonly string[], isLarge: boolean): Promise<Taken[]> {
    const events = this.#last.then(() => (isLarge ? this.#takeLarge(stubs) : this.#admin.takeEvents(this.#tenant)));
    this.#last = events.catch(() => {});
    // Newest first, as WireMock gives them; the sort keeps that order for equal times.
    for (const event of (await events).reverse()) {
      const taken = { request: seenRequest(event.request, this.#tenant), stub: event.stubMapping?.id };
      this.#taken.push({ at: event.request.loggedDate, taken });
    }
    return this.#taken.sort((a, b) => a.at - b.at).map(({ taken }) => taken);
  }

  /** Forgets what was taken so far. */
  forget(): void {
    this.#taken.length = 0;
  }

  async #takeLarge(stubs: readonly string[]): Promise<ServeEvent[]> {
    const urlPattern = `${prefixOf(this.#tenant)}(?:[/?].*)?`;
    const events = await this.#admin.takeMatching({
      urlPattern,
      headers: {
        'content-length': { or: [{ absent: true }, { matches: SMALL }] },
        'transfer-encoding': { absent: true },
      },
    });
    const huge = await Promise.all([
      this.#admin.countMatching({ urlPattern, headers: { 'content-length': { matches: HUGE } } }),
      this.#admin.countMatching({ urlPattern, headers: { 'transfer-encoding': { matches: '.*' } } }),
    ]);
    const limit = huge.some((count) => count > 0) ? 1 : BATCH;
    for (const stub of stubs) {
      events.unshift(...(await this.#takeEventsOf(stub, limit)));
    }
    return events;
  }

  async #takeEventsOf(stub: string, limit: number): Promise<ServeEvent[]> {
    const events: ServeEvent[] = [];
    for (;;) {
      const some = await this.#admin.eventsOf(stub, limit);
      if (some.length === 0) {
        return events;
      }
      events.push(...some);
      for (const { id } of some) {
        await this.#admin.removeEvent(id);
      }
    }
  }
}

/** A logged request without the tenant's prefix, its headers' names in lower case. */
function seenRequest({ method, url, headers = {}, body = '' }: LoggedRequest, tenant: string): SeenRequest {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]);
  return { method, url: withoutPrefix(url, tenant), headers: Object.fromEntries(lower), body };
}
