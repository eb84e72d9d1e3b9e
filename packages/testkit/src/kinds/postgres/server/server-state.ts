import { TestError } from '../../shared/test-error.ts';
import type { Connection } from '../connection.ts';

/** The server's record of a database and its owner, outside of the database itself, by a title for each part. */
export type ServerState = Readonly<Record<string, string | null>>;

/** The error of a test that changed its database or its role for later connections. */
export class ServerStateError extends TestError {
  override readonly name = 'ServerStateError';

  /** @param changed what it changed, a line each. */
  constructor(changed: readonly string[]) {
    super(
      `The test changed what the server keeps of its database and its role, which no reset of rows sets back:\n- ${changed.join('\n- ')}\n` +
        'Undo it in the test, also when an error is thrown (finally), or give such tests a database and a role of their ' +
        "own: test.override('isolation', 'clone'). The next test gets new ones.",
    );
  }
}

const STATE = `
  SELECT jsonb_build_object(
    'the password of the role', r.rolpassword,
    'the attributes of the role (LOGIN, CONNECTION LIMIT, VALID UNTIL and others)',
      concat_ws(' ', r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication, r.rolbypassrls,
        r.rolconnlimit, r.rolvaliduntil),
    'the settings of the role (ALTER ROLE … SET)',
      (SELECT setconfig::text FROM pg_db_role_setting WHERE setdatabase = 0 AND setrole = r.oid),
    'the roles that the role is a member of',
      (SELECT string_agg(m.roleid::text, ' ' ORDER BY m.roleid) FROM pg_auth_members AS m WHERE m.member = r.oid),
    'the members of the role',
      (SELECT string_agg(m.member::text, ' ' ORDER BY m.member) FROM pg_auth_members AS m WHERE m.roleid = r.oid),
    'the name or the owner of the database', concat_ws(' ', d.datname, d.datdba),
    'the attributes of the database (CONNECTION LIMIT and others)',
      concat_ws(' ', d.datconnlimit, d.datallowconn, d.datistemplate, d.dattablespace),
    'the privileges on the database (GRANT … ON DATABASE)', d.datacl::text,
    'the settings of the database (ALTER DATABASE … SET)',
      (SELECT string_agg(concat_ws(' ', s.setrole, s.setconfig), ' ' ORDER BY s.setrole)
       FROM pg_db_role_setting AS s WHERE s.setdatabase = d.oid),
    'the comment on the database', shobj_description(d.oid, 'pg_database')
  ) AS state
  FROM pg_database AS d, pg_authid AS r
  WHERE d.oid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND r.rolname = $1`;

/** Reads the state by a superuser's connection to the database. */
export async function readServerState(inside: Connection, role: string): Promise<ServerState> {
  const [row] = await inside.query<{ state: ServerState }>(STATE, [role]);
  return row?.state ?? { 'the role itself': null };
}

/** The titles of the parts that differ. */
export function changesOf(before: ServerState, now: ServerState): string[] {
  return Object.keys({ ...before, ...now }).filter((key) => before[key] !== now[key]);
}
