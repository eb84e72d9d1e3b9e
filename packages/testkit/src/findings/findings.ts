import { takeRequests, watchRequests } from '../kinds/shared/requests/request-work.ts';
import type { Finding, FindingName } from './finding.ts';
import { findingsOf } from './findings-of.ts';

/** What a test may say of findings; they fail it at its end. */
export interface Findings {
  /**
   * Takes findings of a name for meant, in this test.
   * @param reason for those who read the test.
   */
  allow(name: FindingName, reason: string): void;
}

/** Watches the requests that are answered from now on, for one test. */
export function openFindings(): Findings & { check(): void } {
  watchRequests();
  takeRequests();
  const allowed = new Set<FindingName>();
  return {
    allow: (name, reason) => {
      if (reason.trim() === '') {
        throw new TypeError(`findings.allow('${name}') needs a reason.`);
      }
      allowed.add(name);
    },
    check: () => {
      const found = takeRequests()
        .flatMap((work) => findingsOf(work))
        .filter(({ name }) => !allowed.has(name));
      if (found.length > 0) {
        throw new FindingsError(found);
      }
    },
  };
}

/** Fails a test in which requests did what will hurt. */
export class FindingsError extends Error {
  override readonly name = 'FindingsError';

  constructor(found: readonly Finding[]) {
    // The same of many requests is said once.
    const shapes = [...new Map(found.map((finding) => [shapeOf(finding), finding])).values()];
    const [first] = shapes;
    super(
      `${shapes.map(({ message }) => message).join('\n\n')}\n\n` +
        `Where it is meant, the test says so: findings.allow('${first?.name}', 'the reason').`,
    );
  }
}

/** A finding without the values in which requests of one kind differ. */
function shapeOf({ name, message }: Finding): string {
  return `${name}\0${message.replaceAll(/[0-9a-f-]{36}|\d+/g, '?')}`;
}
