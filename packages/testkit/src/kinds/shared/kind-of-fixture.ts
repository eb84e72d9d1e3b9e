import type { Need } from '../../needs.ts';

const titles: Readonly<Record<Need['kind'], string>> = {
  postgres: 'PostgreSQL',
  mariadb: 'MariaDB',
  redis: 'Redis',
  rabbitmq: 'RabbitMQ',
  nats: 'NATS',
  upstream: 'an upstream',
};

const kindOfFixture = new WeakMap<object, Need['kind']>();

/** Remembers of which kind of need a fixture is. */
export function noteFixtureKind(fixture: unknown, kind: Need['kind']): void {
  if (typeof fixture === 'object' && fixture !== null) kindOfFixture.set(fixture, kind);
}

/** The title of a fixture's kind, such as 'PostgreSQL'; undefined for a value that is not a fixture of the testkit. */
export function fixtureKindOf(value: unknown): string | undefined {
  const kind = typeof value === 'object' && value !== null ? kindOfFixture.get(value) : undefined;
  return kind && titles[kind];
}
