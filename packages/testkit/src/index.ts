export type { BodyMatcher, StubMapping, ValueMatcher } from '@splitlevel/openapi';
export { withoutNewConnections } from './assertions/connections/no-new-connections.ts';
export { type LockedRows, withRowsLocked } from './assertions/connections/rows-locked.ts';
export { expectAnswerWithin } from './assertions/expect-answer-within.ts';
export { type FillOptions, fill } from './assertions/fill/fill.ts';
export { expectMigration, type Migration } from './assertions/migrations/expect-migration.ts';
export { expectForeignKeysIndexed } from './assertions/plans/expect-foreign-keys-indexed.ts';
export { expectIndexed, type IndexedOptions } from './assertions/plans/expect-indexed.ts';
export { type ExpectedPlan, expectPlan } from './assertions/plans/expect-plan.ts';
export { expectAtMostQueries } from './assertions/queries/expect-at-most-queries.ts';
export { expectNoNPlusOne, type NPlusOneProbe } from './assertions/queries/expect-no-n-plus-one.ts';
export { queriesOf } from './assertions/queries/queries-of.ts';
export type { Statement } from './assertions/queries/statement.ts';
export type { ColumnValue } from './assertions/round-trips/column.ts';
export { expectRefusal, type RefusalOptions } from './assertions/round-trips/expect-refusal.ts';
export { expectRoundTrip } from './assertions/round-trips/expect-round-trip.ts';
export { refused } from './assertions/round-trips/refused.ts';
export type { RoundTripOptions } from './assertions/round-trips/round-trip-options.ts';
export { inTimeZone, type TimeZones } from './assertions/time-zones/in-time-zone.ts';
export type { AnomalyName } from './assertions/transactions/anomaly.ts';
export { AnomalyError } from './assertions/transactions/anomaly-error.ts';
export { expectSerializable, type SerializableOptions } from './assertions/transactions/expect-serializable.ts';
export {
  type Interleaved,
  type InterleaveOptions,
  interleave,
  type MakePiece,
} from './assertions/transactions/interleave.ts';
export type { IsolationLevel } from './assertions/transactions/statement-gate.ts';
export { expectAttempts } from './assertions/upstreams/expect-attempts.ts';
export { createTest, type FixtureFor, type FixturesFor, type TestSettings } from './create-test.ts';
export type { FindingName } from './findings/finding.ts';
export { type Findings, FindingsError } from './findings/findings.ts';
export type { MariadbDatabase } from './kinds/mariadb/mariadb-database.ts';
export type { Nats } from './kinds/nats/nats.ts';
export type { PostgresDatabase } from './kinds/postgres/postgres-database.ts';
export type { VirtualHost } from './kinds/rabbitmq/virtual-host.ts';
export type { RedisDatabase } from './kinds/redis/redis-database.ts';
export type { ServerFault, ServerFaultName, ServerFaultOptions } from './kinds/shared/faults/server-fault.ts';
export type { Isolation } from './kinds/shared/fixture-kind.ts';
export type { SqlDatabase } from './kinds/shared/sql/sql-dialect.ts';
export { any, del, get, head, patch, post, put } from './kinds/wiremock/stubs/builder.ts';
export type { Fault, FaultName, FaultOptions, Upstream, UpstreamRequest } from './kinds/wiremock/upstream.ts';
