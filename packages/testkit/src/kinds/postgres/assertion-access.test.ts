import { expect, test } from 'vitest';
import { noteFixtureKind } from '../shared/kind-of-fixture.ts';
import { accessOf } from './assertion-access.ts';
import type { PostgresDatabase } from './postgres-database.ts';

class Kysely {}

const mariadb = { url: '', pool: {}, query: async () => [] };
noteFixtureKind(mariadb, { title: 'MariaDB', readBy: 'database.query' });
const broker = {};
noteFixtureKind(broker, { title: 'RabbitMQ' });

test.each<[string, unknown, RegExp]>([
  [
    'a fixture of MariaDB',
    mariadb,
    /takes the fixture of a PostgreSQL database, and was given that of MariaDB: .* Read by database\.query what/,
  ],
  ['a fixture of RabbitMQ', broker, /was given that of RabbitMQ: .* compare it with Vitest's expect\.$/],
  ['a copy', { ...mariadb }, /itself, and was given a copy of it: pass the fixture on as the test gets it\.$/],
  ['a URL', 'postgres://localhost', /itself, and was given a string: take the fixture from the test's parameter/],
  ['nothing', undefined, /itself, and was given undefined:/],
  ['what a library made of it', new Kysely(), /itself, and was given an object of class Kysely:/],
  ['another object', Object.create(null), /itself, and was given another object:/],
])('%s is told what it is', (_, given, message) => {
  expect(() => accessOf(given as PostgresDatabase)).toThrow(message);
});
