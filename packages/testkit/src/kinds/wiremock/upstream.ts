import type { StubMapping } from '@splitlevel/openapi';
import type { SeenRequest } from './requests/compare.ts';
import type { StubBuilder } from './stubs/builder.ts';

/** The fixture of an upstream, for one test: a real HTTP server with stubs of the test's own. */
export interface Upstream {
  /** As its need names it. */
  readonly name: string;
  /** Base URL for the code under test, with a path and without a slash at the end. */
  readonly url: string;
  /**
   * Adds a stub for this test; it is asked before those of the mapping files.
   * @param stub `get('/rates/EUR').respond(200, { rate: '1.25' })`, or a mapping as in WireMock's files
   */
  stub(stub: StubBuilder | StubMapping): Promise<void>;
  /**
   * Makes the whole upstream fail, until the test ends or `undo()`. What `fetch` sees:
   * - `slow`: the right answer, but only after `milliseconds` (30 000 when left out, more than a client should wait)
   * - `reset`: the connection is reset: TypeError `fetch failed`, cause `ECONNRESET`
   * - `trickling`: the head of the real answer, and a body that takes longer than a client should wait
   * - `empty`: the connection is closed without an answer: TypeError `fetch failed`, cause `UND_ERR_SOCKET`
   * - `malformed`: status 200, and then a body that cannot be read
   * - `flaky`: 503 to the first `times` requests (1 when left out), then everything works
   * - `down`: nobody listens: TypeError `fetch failed`, cause `ECONNREFUSED`
   */
  fault(name: FaultName, options?: FaultOptions): Promise<Fault>;
  /** The requests that reached the upstream so far, oldest first. */
  requests(): Promise<readonly UpstreamRequest[]>;
}

export type FaultName = 'slow' | 'trickling' | 'reset' | 'empty' | 'malformed' | 'flaky' | 'down';

export interface FaultOptions {
  /** For `slow`: how long every answer is held back. */
  readonly milliseconds?: number;
  /** For `flaky`: how many requests fail. */
  readonly times?: number;
}

/** A fault in effect. With `await using` it ends with its block. */
export interface Fault extends AsyncDisposable {
  undo(): Promise<void>;
}

/** A request that reached the upstream. */
export interface UpstreamRequest extends SeenRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The body, parsed. */
  json(): unknown;
}
