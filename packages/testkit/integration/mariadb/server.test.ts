import mysql from 'mysql2/promise';
import { expect, test } from 'vitest';
import { server as mariadb } from '../../src/kinds/mariadb/server/mariadb-server.ts';
import { acquire } from '../../src/servers.ts';
import { describeOnContainers } from '../on-containers.ts';

const VARIABLE = 'TESTKIT_MARIADB_URL';

describeOnContainers('MariaDB', () => {
  test('the server is on loopback, with a random password, and forgets what it can', async () => {
    const { url, version } = await acquire('mariadb');
    const { hostname, password } = new URL(url);
    expect(hostname).toBe('127.0.0.1');
    expect(password.length).toBeGreaterThan(20);
    expect(version).toMatch(/^1[0-9]\.\d+/);
    const connection = await mysql.createConnection(url);
    const [rows] = await connection.query(
      'SELECT @@innodb_flush_log_at_trx_commit AS flush, @@log_bin AS log, @@datadir AS directory',
    );
    const [users] = await connection.query(
      "SELECT User FROM mysql.global_priv WHERE Host <> '%' AND User = 'root' AND JSON_VALUE(Priv, '$.plugin') <> 'unix_socket' AND JSON_VALUE(Priv, '$.authentication_string') = ''",
    );
    await connection.end();
    expect(rows).toEqual([{ flush: 0, log: 0, directory: '/var/lib/mysql-testkit/data/' }]);
    expect(users).toEqual([]);
  });

  test('a server that is given is taken when its user may make databases and users', async () => {
    const { url, version } = await acquire('mariadb');
    expect(await mariadb.inspect(url, VARIABLE)).toMatch(new RegExp(`^${version.split('.', 2).join('\\.')}`));
  });

  test('a server that is given is refused when its user may not', async () => {
    const { url } = await acquire('mariadb');
    const connection = await mysql.createConnection(url);
    await connection.query("CREATE OR REPLACE USER tk_nobody@'%' IDENTIFIED BY 'secret'");
    const weak = Object.assign(new URL(url), { username: 'tk_nobody', password: 'secret' });
    await expect(mariadb.inspect(weak.href, VARIABLE)).rejects.toThrow(
      `TESTKIT_MARIADB_URL names mysql://tk_nobody@${weak.host}, but its user tk_nobody@% may not make the databases and users of the tests. Give one that has ALL PRIVILEGES ON *.* WITH GRANT OPTION, or unset TESTKIT_MARIADB_URL`,
    );
    await connection.query("DROP USER tk_nobody@'%'");
    await connection.end();
  });

  test('a server that does not answer, or no URL, is told without the password', async () => {
    await expect(mariadb.inspect('mysql://root:secret@127.0.0.1:1', VARIABLE)).rejects.toThrow(
      'TESTKIT_MARIADB_URL names mysql://root@127.0.0.1:1, which gave no answer: connect ECONNREFUSED 127.0.0.1:1. Start that server, correct the URL,',
    );
    await expect(mariadb.inspect('nonsense', VARIABLE)).rejects.toThrow(
      'names something that is not a URL, which gave no answer',
    );
  });
});
