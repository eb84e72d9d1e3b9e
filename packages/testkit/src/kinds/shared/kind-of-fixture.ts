import type { FixtureKind } from './fixture-kind.ts';

/** The words of messages for a fixture's kind. */
export type FixtureTitle = Pick<FixtureKind<never, unknown>, 'title' | 'readBy'>;

const kindOfFixture = new WeakMap<object, FixtureTitle>();

/** Remembers of which kind a fixture is. */
export function noteFixtureKind(fixture: unknown, kind: FixtureTitle): void {
  if (typeof fixture === 'object' && fixture !== null) {
    kindOfFixture.set(fixture, kind);
  }
}

/** The kind of a fixture; undefined for a value that is not a fixture of the testkit. */
export function fixtureKindOf(value: unknown): FixtureTitle | undefined {
  return typeof value === 'object' && value !== null ? kindOfFixture.get(value) : undefined;
}
