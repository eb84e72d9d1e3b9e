export { createTest, type FixtureFor, type FixturesFor } from './create-test.ts';
export type { Isolation } from './fixture-kind.ts';
export type { Database } from './postgres/database.ts';
export { any, del, get, head, patch, post, put } from './wiremock/builder.ts';
export type { BodyMatcher, StubMapping, ValueMatcher } from './wiremock/mapping.ts';
export type { Fault, FaultName, FaultOptions, Upstream, UpstreamRequest } from './wiremock/upstream.ts';
