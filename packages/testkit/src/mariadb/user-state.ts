import type { Connection } from './connection.ts';

/** What the server keeps of a user, by what it is for people. */
export type UserState = Readonly<Record<string, string>>;

/** A test that changed what its user is for everybody who connects later. */
export class UserStateError extends Error {
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
