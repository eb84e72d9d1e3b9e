import type { Site } from '@splitlevel/guards/caller';
import { isQuery, oneLine } from '../assertions/queries/statement.ts';
import { callersOf } from '../kinds/shared/callers.ts';
import type { RequestWork } from '../kinds/shared/requests/request-work.ts';
import type { Finding } from './finding.ts';

/** A statement is sent once for each of some rows from here on; twice may be a check before and after. */
const REPEATED = 3;
/** Fewer rows may all be needed for one number. */
const MANY_ROWS = 20;
/** One row more than a page has tells whether there is another page; some rows may be left out for a reason. */
const SLACK = 1.5;

/** What is wrong with how a request was answered, whatever it was answered with. */
export function findingsOf(work: RequestWork): readonly Finding[] {
  return [...repeated(work), ...beyondTheAnswer(work), ...calls(work), ...secondConnections(work), ...pools(work)];
}

/** What a retry sends again was undone before. */
function repeated({ statements, ...request }: RequestWork): readonly Finding[] {
  const bySql = Map.groupBy(
    statements.filter((statement) => !statement.isUndone && isQuery(statement)),
    ({ sql }) => sql,
  );
  return [...bySql].flatMap(([sql, sent]) => {
    if (sent.length < REPEATED) {
      return [];
    }
    return [
      {
        name: 'repeated statement' as const,
        message:
          `${nameOf(request)} sent the same statement ${sent.length} times (N+1: once for each row of another one?): ` +
          `${oneLine(sql)}${placeOf(sent.at(-1))}\nSend one statement for all rows, by a join or by "in".`,
      },
    ];
  });
}

function beyondTheAnswer({ statements, answerHolds, ...request }: RequestWork): readonly Finding[] {
  const many = request.method === 'HEAD' ? [] : statements.filter(({ rows = 0 }) => rows >= MANY_ROWS);
  const held = many.length === 0 ? undefined : answerHolds?.();
  if (held === undefined) {
    return [];
  }
  return many.flatMap((statement) => {
    const { sql, rows = 0 } = statement;
    if (rows <= held * SLACK) {
      return [];
    }
    return [
      {
        name: 'rows beyond the answer' as const,
        message:
          `${nameOf(request)} read ${rows} rows for an answer that has room for ${held}: ` +
          `${oneLine(sql)}${placeOf(statement)}\nLet the database choose, count or sum: by "where", "limit" or an aggregate.`,
      },
    ];
  });
}

function calls({ callsWhileHolding, ...request }: RequestWork): readonly Finding[] {
  return callsWhileHolding.map(({ method, url, site, heldAt, isInTransaction }) => ({
    name: isInTransaction ? ('call in a transaction' as const) : ('call with a connection held' as const),
    message:
      `${nameOf(request)} called ${method} ${url} while it had ` +
      `${isInTransaction ? 'a transaction open' : 'a connection of the pool'}, which waits for the answer as long as that ` +
      `takes${isInTransaction ? ', with its locks' : ''}:${placeOf({ site })}\nThe connection was taken${placeOf({ site: heldAt })}\n` +
      'Call first, and take the connection when the answer is there.',
  }));
}

function secondConnections({ secondConnections: asked, ...request }: RequestWork): readonly Finding[] {
  return asked.map(({ site, heldAt }) => ({
    name: 'second connection' as const,
    message:
      `${nameOf(request)} asked for another connection while it had a transaction open on one. Where as many requests as ` +
      `the pool has connections do so, all wait for each other:${placeOf({ site })}\nThe first was taken` +
      `${placeOf({ site: heldAt })}\nSend all statements by the transaction.`,
  }));
}

function pools({ poolProblems, ...request }: RequestWork): readonly Finding[] {
  return poolProblems.map(({ name, text }) => ({ name, message: `${nameOf(request)} used a pool that ${text}` }));
}

function nameOf({ method, path }: Pick<RequestWork, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function placeOf({ site, takenAt }: { readonly site?: Site; readonly takenAt?: Site | undefined } = {}): string {
  const [sent = '', taken = ''] = [site, takenAt].map((at) => (at === undefined ? '' : callersOf(at)));
  const isLibrary = sent.split('\n').every((line) => line.includes('/node_modules/'));
  const lines = isLibrary && taken !== '' ? taken : sent;
  return lines === '' ? '' : `\n    ${lines.replaceAll('\n', '\n    ')}`;
}
