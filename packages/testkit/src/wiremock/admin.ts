import type { TenantMapping } from './prefix-mapping.ts';

/** A request as WireMock logs it. */
export interface LoggedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly bodyAsBase64?: string;
  /** Milliseconds since 1970. */
  readonly loggedDate: number;
}

/** A request and the stub that answered it. */
export interface ServeEvent {
  readonly request: LoggedRequest;
  readonly stubMapping?: { readonly id: string };
}

/** WireMock refused what it was sent. */
export class WiremockRefusal extends Error {
  override readonly name = 'WiremockRefusal';
  /** WireMock's own words. */
  readonly detail: string;
  /** Where in the sent JSON, as `/mappings/3/request/urlPathx`. */
  readonly pointer: string | undefined;

  constructor(message: string, detail: string, pointer: string | undefined) {
    super(message);
    this.detail = detail;
    this.pointer = pointer;
  }
}

/** How long WireMock may take to answer a call of its admin API, in milliseconds. */
const TIMEOUT = 10_000;

/** Client of WireMock's admin API (https://wiremock.org/docs/standalone/admin-api-reference/). Never resets anything global. */
export class WiremockAdmin {
  readonly url: string;

  /** @param url of the server, as `http://127.0.0.1:8080` */
  constructor(url: string) {
    this.url = url.replace(/\/$/, '');
  }

  async importMappings(mappings: readonly TenantMapping[]): Promise<void> {
    await this.#post('mappings/import', {
      mappings,
      importOptions: { duplicatePolicy: 'OVERWRITE', deleteAllNotInImport: false },
    });
  }

  async removeMappings(tenant: string): Promise<void> {
    await this.#post('mappings/remove-by-metadata', metadataOf(tenant));
  }

  async removeMapping(id: string): Promise<void> {
    await this.#call('DELETE', `mappings/${id}`);
  }

  /** Takes the tenant's requests out of the journal, oldest first. */
  async takeEvents(tenant: string): Promise<ServeEvent[]> {
    const { serveEvents } = (await this.#post('requests/remove-by-metadata', metadataOf(tenant))) as {
      serveEvents: ServeEvent[];
    };
    return serveEvents.reverse();
  }

  /** The requests under a path, oldest first, also those that no stub matched. */
  async findRequests(prefix: string): Promise<LoggedRequest[]> {
    const { requests } = (await this.#post('requests/find', { urlPattern: `${prefix}(?:[/?].*)?` })) as {
      requests: LoggedRequest[];
    };
    return requests;
  }

  /** How many requests the journal of all tenants holds. */
  async journalLength(): Promise<number> {
    const { meta } = (await this.#call('GET', 'requests?limit=1')) as { meta: { total: number } };
    return meta.total;
  }

  #post(path: string, body: unknown): Promise<unknown> {
    return this.#call('POST', path, JSON.stringify(body));
  }

  async #call(method: string, path: string, body?: string): Promise<unknown> {
    const call = `${method} ${this.url}/__admin/${path}`;
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.url}/__admin/${path}`, {
        method,
        signal: AbortSignal.timeout(TIMEOUT),
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      });
      text = await response.text();
    } catch (cause) {
      throw new Error(`WireMock did not answer ${call}: ${reasonOf(cause)}`, { cause });
    }
    if (!response.ok) {
      const { detail, pointer } = readErrors(text);
      throw new WiremockRefusal(`WireMock answered ${response.status} to ${call}: ${detail}`, detail, pointer);
    }
    return text === '' ? undefined : JSON.parse(text);
  }
}

function metadataOf(tenant: string): unknown {
  return { matchesJsonPath: { expression: '$.tenant', equalTo: tenant } };
}

function readErrors(text: string): { detail: string; pointer: string | undefined } {
  try {
    const { errors } = JSON.parse(text) as {
      errors: { title?: string; detail?: string; source?: { pointer?: string } }[];
    };
    const details = errors.map(({ title, detail }) => detail ?? title ?? 'no reason given');
    return { detail: details.join('; '), pointer: errors[0]?.source?.pointer };
  } catch {
    return { detail: text.slice(0, 500) || 'no reason given', pointer: undefined };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer in ${TIMEOUT / 1000} s`;
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
