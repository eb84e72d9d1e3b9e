import type { FixtureEvidence } from '../../../evidence/evidence.ts';
import { MOST_ENTRIES } from '../../../evidence/fixture-evidence.ts';
import type { RequestLog } from '../tenant.ts';
import type { SeenRequest } from './compare.ts';

/** Records the requests that an upstream received in a test, by the stub that answered them; those that none matched first. */
export function recordRequests(
  { unmatched, stray, answered }: Pick<RequestLog, 'unmatched' | 'stray' | 'answered'>,
  { requests }: FixtureEvidence,
): void {
  const of = (seen: readonly SeenRequest[], stub: string | null) =>
    seen.map(({ method, url }) => ({ method, path: new URL(url, 'http://upstream').pathname, stub }));
  const all = [
    ...of([...unmatched, ...stray], null),
    ...[...answered].flatMap(([{ source }, seen]) => of(seen, source)),
  ];
  requests.push(...all.slice(0, MOST_ENTRIES));
}
