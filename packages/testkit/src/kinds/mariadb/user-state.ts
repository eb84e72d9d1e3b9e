import { TestError } from '../shared/test-error.ts';
import type { Connection } from './connection.ts';

/** The server's record of a user, by a title for each part. */
export type UserState = Readonly<Record<string, string>>;

/** The error of a test that changed its user for later connections. */
export class UserStateError extends TestError {
  override readonly name = 'UserStateError';

  /** @param changed what it changed, a line each. */
  constructor(changed: readonly string[]) {
    super(
      `The test changed what the server keeps of its user:\n- ${changed.join('\n- ')}\n` +
        'Undo it in the test, also when an error is thrown (finally), or give such tests a database and a user of their ' +
        "own: test.override('isolation', 'clone'). The next test gets new ones.",
    );
  }
}

/** Reads the state of a database's user. */
export async function readUser(superuser: Connection, name: string): Promise<UserState> {
  const user = `'${name}'@'%'`;
  const [create, grants] = await superuser.batch([`SHOW CREATE USER ${user}`, `SHOW GRANTS FOR ${user}`]);
  return {
    'the password or the attributes of the user (SET PASSWORD, ALTER USER)': JSON.stringify(create),
    // Each line of the grants on everything repeats the password.
    'the privileges and roles of the user': JSON.stringify(grants).replaceAll(/ IDENTIFIED BY PASSWORD '[^']*'/g, ''),
  };
}
