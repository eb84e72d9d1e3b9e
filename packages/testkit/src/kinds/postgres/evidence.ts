import { originals } from '@splitlevel/guards/originals';
import pg from 'pg';
import { addToFailure } from '../shared/add-to-failure.ts';
import { PREFIX } from '../shared/database-names.ts';
import type { Outcome, TestScope } from '../shared/fixture-kind.ts';
import { EVIDENCE } from './evidence-mark.ts';
import type { Clone } from './isolation/clone.ts';
import type { ServerSession } from './server/server-session.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** As many databases of failed tests are kept on a server. */
const LIMIT = 10;

/**
 * Keeps the database of a failed test, as long as its server lives, and adds to the failure how to look at it.
 * @returns whether it is kept: a run keeps ten, its first ones.
 */
export async function keepEvidence(session: ServerSession, clone: Clone, test: TestScope, outcome: Outcome) {
  if (!(await hasRoom(session))) {
    addToFailure(outcome, `The database of this test was not kept: those of ${LIMIT} failed tests are kept already.`);
    return false;
  }
  const comment = `${EVIDENCE} ${JSON.stringify({ at: new originals.Date(), run: runOf(), file: test.file, test: test.name })}`;
  await session.connection.query(`COMMENT ON DATABASE ${escapeIdentifier(clone.name)} IS ${escapeLiteral(comment)}`);
  const until =
    session.server.source === 'url'
      ? 'until the next run on that server'
      : 'as long as its server runs; to keep it running, run the tests with --watch';
  addToFailure(outcome, `The database of this test is kept, ${until}. Look at it with:\n  psql '${clone.url}'`);
  return true;
}

/** Makes room by dropping the oldest evidence of other runs. */
async function hasRoom({ connection }: ServerSession): Promise<boolean> {
  const kept = await connection.query<{ name: string; comment: string }>(
    `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment FROM pg_database
     WHERE starts_with(datname, $1) AND starts_with(shobj_description(oid, 'pg_database'), $2) ORDER BY 2`,
    [PREFIX, EVIDENCE],
  );
  if (kept.length < LIMIT) {
    return true;
  }
  const other = kept.find(({ comment }) => !comment.includes(JSON.stringify(runOf())));
  if (other === undefined) {
    return false;
  }
  await connection.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(other.name)} WITH (FORCE)`);
  await connection.query(`DROP ROLE IF EXISTS ${escapeIdentifier(other.name)}`).catch(() => {});
  return true;
}

/** The run that this process is part of. */
function runOf(): string {
  return process.env.TESTKIT_RUN || String(process.ppid);
}
