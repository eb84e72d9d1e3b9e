import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Site } from '@splitlevel/guards/caller';
import { callSite } from '../callers.ts';
import { keepAnswer, rowsHeld, type SentAnswer } from './sent-answer.ts';

/** What is wrong with how a pool, or its sessions, are set up. */
export interface PoolProblem {
  readonly name: 'unbounded wait' | 'session setting';
  /** Goes on after "used a pool that". */
  readonly text: string;
}

/** A statement that a request had sent. */
export interface RequestStatement {
  readonly sql: string;
  readonly site: Site;
  /** Where its connection was taken, which stands for the place if the pool itself sends the statement. */
  readonly takenAt: Site | undefined;
  /** Absent for what has no rows, and until they are there. */
  rows?: number;
  /** Its transaction was rolled back, or could not be committed. */
  isUndone: boolean;
}

/** A call of another server while the request had a connection to a database. */
export interface CallWhileHolding {
  readonly method: string;
  readonly url: string;
  readonly site: Site;
  /** Whether a transaction was open on the connection; else it was only held. */
  readonly isInTransaction: boolean;
  readonly heldAt: Site;
}

/** A connection that was asked for while the request had another one, in a transaction. */
export interface SecondConnection {
  readonly site: Site;
  readonly heldAt: Site;
}

/** What a server of this process did to answer a request. */
export class RequestWork {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly statements: RequestStatement[] = [];
  readonly callsWhileHolding: CallWhileHolding[] = [];
  readonly secondConnections: SecondConnection[] = [];
  /** What may wait for ever in the pool that it used, a sentence each that goes on after "the pool". */
  readonly poolProblems: PoolProblem[] = [];
  /** The connections that it has taken and not given back, and where. */
  readonly held = new Map<object, Site>();
  isAnswered = false;
  /** How many rows the answer stands for, where that can be told; absent while there is none. */
  answerHolds?: () => number | undefined;

  constructor(method: string, path: string) {
    this.method = method;
    this.path = path;
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** How a connection to a database is used. */
interface Use {
  /** The statements of its open transaction. */
  transaction: RequestStatement[] | undefined;
  /** Statements that were sent and have no result yet. */
  pending: number;
}

const storage = new AsyncLocalStorage<RequestWork>();
const uses = new WeakMap<object, Use>();
const toldProblems = new Set<string>();
let seen: RequestWork[] = [];
let isWatching = false;

const BEGIN = /^\s*(?:begin|start\s+transaction)\b/i;
const COMMIT = /^\s*(?:commit|end)\b/i;
const ROLLBACK = /^\s*(?:rollback|abort)\b(?!\s+(?:work\s+|transaction\s+)?to\b)/i;

/** From now on it is known what the requests that this process answers have sent. */
export function watchRequests(): void {
  if (isWatching) {
    return;
  }
  isWatching = true;
  const works = new WeakMap<object, { readonly work: RequestWork; readonly sent: SentAnswer }>();
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Exchange;
    const work = new RequestWork(request.method ?? '', pathOf(request.url ?? ''));
    works.set(request, { work, sent: keepAnswer(response) });
    seen.push(work);
    storage.enterWith(work);
  });
  subscribe('http.server.response.finish', (message) => {
    const { request } = message as Exchange;
    const known = works.get(request);
    if (known !== undefined) {
      known.work.isAnswered = true;
      known.work.answerHolds = () => rowsHeld(known.sent);
    }
  });
  // Node's fetch, and clients of node:http.
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: { method: string; origin: string | URL; path: string } };
    noteCall(request.method, String(request.origin), request.path);
  });
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: { method: string; protocol: string; host: string; path: string } };
    noteCall(request.method, `${request.protocol}//${request.host}`, request.path);
  });
}

/** What was seen since it was last asked for. */
export function takeRequests(): readonly RequestWork[] {
  const taken = seen;
  seen = [];
  return taken;
}

/** Tells a request what is wrong with its pool, once in a process: every service of a suite sets its pool up alike. */
export function notePoolProblem(work: RequestWork, problem: PoolProblem): void {
  if (!toldProblems.has(problem.text)) {
    toldProblems.add(problem.text);
    work.poolProblems.push(problem);
  }
}

/** The request that is being answered here. */
export function currentRequest(): RequestWork | undefined {
  const work = storage.getStore();
  return work?.isAnswered === true ? undefined : work;
}

/** A connection is being asked for on behalf of a request. */
export function noteAsked(work: RequestWork | undefined, site: Site): void {
  const [holding] = [...(work?.held ?? [])].filter(([connection]) => useOf(connection).transaction !== undefined);
  if (holding !== undefined) {
    work?.secondConnections.push({ site, heldAt: holding[1] });
  }
}

/** A request has a connection now. */
export function noteTaken(work: RequestWork | undefined, connection: object, site: Site): void {
  work?.held.set(connection, site);
}

/** The request has given the connection back. */
export function noteReleased(work: RequestWork | undefined, connection: object): void {
  work?.held.delete(connection);
}

/**
 * A statement is being sent, within a request or not.
 * @returns to be called with its result: how many rows it gave, if it gives any, or that it failed.
 */
export function noteStatement(connection: object, sql: string): (result?: number | 'failed') => void {
  const work = currentRequest();
  const use = useOf(connection);
  use.pending += 1;
  const site = work === undefined ? {} : callSite();
  const statement: RequestStatement = { sql, site, takenAt: work?.held.get(connection), isUndone: false };
  let ended: readonly RequestStatement[] = [];
  if (BEGIN.test(sql)) {
    use.transaction = [];
  } else if (COMMIT.test(sql) || ROLLBACK.test(sql)) {
    ended = use.transaction ?? [];
    use.transaction = undefined;
    if (ROLLBACK.test(sql)) {
      undo(ended);
    }
  } else {
    use.transaction?.push(statement);
    work?.statements.push(statement);
  }
  return (result) => {
    use.pending -= 1;
    if (result === 'failed') {
      // Of a serializable transaction it may be the commit that fails.
      undo(ended);
    } else if (result !== undefined) {
      statement.rows = result;
    }
  };
}

function undo(statements: readonly RequestStatement[]): void {
  for (const statement of statements) {
    statement.isUndone = true;
  }
}

function noteCall(method: string, origin: string, path: string): void {
  const work = currentRequest();
  // A query may hold a secret.
  const url = origin + pathOf(path);
  for (const [connection, heldAt] of work?.held ?? []) {
    const { transaction, pending } = useOf(connection);
    if (transaction !== undefined || pending === 0) {
      const isInTransaction = transaction !== undefined;
      work?.callsWhileHolding.push({ method, url, site: callSite(), isInTransaction, heldAt });
    }
  }
}

function pathOf(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function useOf(connection: object): Use {
  const use = uses.get(connection) ?? { transaction: undefined, pending: 0 };
  uses.set(connection, use);
  return use;
}
