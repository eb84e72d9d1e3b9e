import { expect, test } from 'vitest';
import { kinds, type ServerName, serverKindOf } from './table.ts';

test.each(Object.values(kinds).map(({ server }) => server))('the server $name is found by its name', (server) => {
  expect(serverKindOf(server.name)).toBe(server);
});

test('a server that the testkit does not have is told those that it has', () => {
  expect(() => serverKindOf('kafka' as ServerName)).toThrow(
    "There is no server 'kafka': the testkit has postgres, mariadb, nats, redis, rabbitmq, wiremock.",
  );
});
