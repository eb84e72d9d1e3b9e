import { originals } from '@splitlevel/guards/originals';
import type { RequestPattern } from '@splitlevel/openapi';
import type { TenantMapping } from './stubs/prefix-mapping.ts';

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
  readonly id: string;
  readonly request: LoggedRequest;
  readonly stubMapping?: { readonly id: string };
}

/** WireMock answered a call with an error. */
export class WiremockRefusal extends Error {
  override readonly name = 'WiremockRefusal';
  /** The HTTP status of the answer: 4xx refuses what was sent, 5xx is the server's own trouble. */
  readonly status: number;
  /** WireMock's own words. */
  readonly detail: string;
  /** Where in the sent JSON, as `/mappings/3/request/urlPathx`. */
  readonly pointer: string | undefined;

  constructor(message: string, status: number, { detail, pointer }: Pick<WiremockRefusal, 'detail' | 'pointer'>) {
    super(message);
    this.status = status;
    this.detail = detail;
    this.pointer = pointer;
  }
}

/** How long WireMock may take to answer a call of its admin API. */
const TIMEOUT_MS = 10_000;
/** Characters that are told of an answer that is not WireMock's own JSON. */
const LONGEST_REASON = 500;

/**
 * Client of WireMock's admin API (https://wiremock.org/docs/standalone/admin-api-reference/). Never resets anything
 * global.
 */
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

  /** Takes the tenant's requests out of the journal, with the stubs that answered them, as one answer. */
  takeEvents(tenant: string): Promise<ServeEvent[]> {
    return this.#take('requests/remove-by-metadata', metadataOf(tenant));
  }

  /** Takes those requests out of the journal that fit a pattern, as one answer. */
  takeMatching(pattern: RequestPattern): Promise<ServeEvent[]> {
    return this.#take('requests/remove', pattern);
  }

  /** How many requests of the journal fit a pattern. */
  async countMatching(pattern: RequestPattern): Promise<number> {
    return ((await this.#post('requests/count', pattern)) as { count: number }).count;
  }

  /** So many at most of the requests that a stub answered; they stay in the journal. */
  async eventsOf(stub: string, limit: number): Promise<ServeEvent[]> {
    const { requests } = (await this.#call('GET', `requests?matchingStub=${stub}&limit=${limit}`)) as {
      requests: ServeEvent[];
    };
    return requests;
  }

  async removeEvent(id: string): Promise<void> {
    await this.#call('DELETE', `requests/${id}`);
  }

  /** Stores a file that stubs name as their `bodyFileName`. */
  async writeFile(name: string, content: Uint8Array): Promise<void> {
    await this.#call('PUT', `files/${name}`, content);
  }

  async removeFile(name: string): Promise<void> {
    await this.#call('DELETE', `files/${name}`);
  }

  /** How many requests the journal of all tenants holds. */
  async journalLength(): Promise<number> {
    const { meta } = (await this.#call('GET', 'requests?limit=1')) as { meta: { total: number } };
    return meta.total;
  }

  #post(path: string, body: unknown): Promise<unknown> {
    return this.#call('POST', path, JSON.stringify(body));
  }

  async #take(path: string, body: unknown): Promise<ServeEvent[]> {
    return ((await this.#post(path, body)) as { serveEvents: ServeEvent[] }).serveEvents;
  }

  async #call(method: string, path: string, body?: string | Uint8Array): Promise<unknown> {
    const call = `${method} ${this.url}/__admin/${path}`;
    let response: Response;
    let text: string;
    try {
      response = await originals.fetch(`${this.url}/__admin/${path}`, {
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body, headers: { 'content-type': contentTypeOf(body) } }),
      });
      text = await response.text();
    } catch (cause) {
      throw new Error(`WireMock did not answer ${call}: ${reasonOf(cause)}`, { cause });
    }
    if (response.ok) {
      return parseAnswer(text, `${response.status} to ${call}`);
    }
    const errors = readErrors(text);
    throw new WiremockRefusal(
      `WireMock answered ${response.status} to ${call}: ${errors.detail}`,
      response.status,
      errors,
    );
  }
}

function contentTypeOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? 'application/json' : 'application/octet-stream';
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
    return { detail: plainText(text) || 'no reason given', pointer: undefined };
  }
}

function parseAnswer(text: string, what: string): unknown {
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Error(`WireMock answered ${what}, and not with JSON: ${plainText(text)}`, { cause });
  }
}

/**
 * The text of an answer on one line: of a page of HTML, as a web server answers an error of its own, or of any other.
 */
function plainText(text: string): string {
  const [, shown = text] = /<body[^>]*>(.*)/is.exec(text) ?? [];
  const words = shown
    .replaceAll(/<(style|script)[^>]*>.*?<\/\1>|<[^>]*>/gis, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words.length > LONGEST_REASON ? `${words.slice(0, LONGEST_REASON - 1)}…` : words;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error.name === 'TimeoutError') {
    return `no answer in ${TIMEOUT_MS / 1000} s`;
  }
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
