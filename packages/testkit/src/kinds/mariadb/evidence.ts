import { originals } from '@splitlevel/guards/originals';
import { addToFailure } from '../shared/add-to-failure.ts';
import { PREFIX } from '../shared/database-names.ts';
import type { Outcome, TestScope } from '../shared/fixture-kind.ts';
import { identifier } from './connection.ts';
import { dropDatabase, EVIDENCE } from './owned-database.ts';
import { isOver, type ServerSession } from './server/server-session.ts';

/** As many databases of failed tests are kept on a server. */
const LIMIT = 10;
/** In characters: what a comment on a database takes. */
const COMMENT_LENGTH = 1000;

/**
 * Keeps the database of a failed test, as long as its server lives, and adds to the failure how to look at it. Never
 * throws: the test has failed already, and its own error comes first.
 * @returns whether it is kept: those of older processes make room, ten of running ones stay.
 */
export async function keepEvidence(
  session: ServerSession,
  { name, url }: { readonly name: string; readonly url: string },
  test: TestScope,
  outcome: Outcome,
): Promise<boolean> {
  try {
    if (!(await hasRoom(session))) {
      addToFailure(outcome, `The database of this test was not kept: those of ${LIMIT} failed tests are kept already.`);
      return false;
    }
    const comment = `${EVIDENCE} ${new originals.Date().toISOString()} ${test.file} ${test.name}`.slice(
      0,
      COMMENT_LENGTH,
    );
    await session.connection.query(`ALTER DATABASE ${identifier(name)} COMMENT ?`, [comment]);
    const until =
      session.server.source === 'url'
        ? 'until later failures need the room'
        : 'as long as its server runs; to keep it running, run the tests with --watch';
    addToFailure(outcome, `The database of this test is kept, ${until}. Look at it with:\n  ${command(url)}`);
    return true;
  } catch (error) {
    addToFailure(outcome, `The database of this test could not be kept: ${(error as Error).message}`);
    return false;
  }
}

function command(url: string): string {
  const { hostname, port, username, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  return `mariadb --host=${hostname} --port=${port} --user=${username} --password='${password}' ${database}`;
}

/** Makes room by dropping the oldest evidence of processes that are gone. */
async function hasRoom({ connection }: ServerSession): Promise<boolean> {
  const kept = await connection.query<{ name: string; session: string }>(
    `SELECT SCHEMA_NAME AS name, REGEXP_SUBSTR(SCHEMA_NAME, '[0-9a-f]{8}(?=_[0-9]+$)') AS session
     FROM information_schema.SCHEMATA
     WHERE SCHEMA_NAME LIKE ? AND SCHEMA_COMMENT LIKE ? ORDER BY SCHEMA_COMMENT`,
    [`${PREFIX}%`, `${EVIDENCE}%`],
  );
  if (kept.length < LIMIT) {
    return true;
  }
  for (const { name, session } of kept) {
    if (!(await isOver(connection, session))) {
      continue;
    }
    await dropDatabase(connection, name);
    return true;
  }
  return false;
}
