import { isDeepStrictEqual } from 'node:util';
import type { BodyMatcher, ValueMatcher } from '@splitlevel/openapi';

/** Whether one of several values of a name is what a stub wants. */
export function fitsAny(values: readonly string[], matcher: ValueMatcher): boolean | undefined {
  const results = values.map((value) => fits(value, matcher));
  if (results.includes(true)) {
    return true;
  }
  return results.includes(undefined) ? undefined : false;
}

/** Whether a value is what a stub wants; undefined where only WireMock can tell. */
export function fits(got: string | undefined, matcher: BodyMatcher): boolean | undefined {
  if ('absent' in matcher) {
    return got === undefined;
  }
  if (got === undefined) {
    return false;
  }
  if ('equalTo' in matcher) {
    if (matcher.caseInsensitive) {
      return matcher.equalTo.toLowerCase() === got.toLowerCase();
    }
    return matcher.equalTo === got;
  }
  if ('contains' in matcher) {
    return got.includes(matcher.contains);
  }
  if ('doesNotContain' in matcher) {
    return !got.includes(matcher.doesNotContain);
  }
  if ('matches' in matcher) {
    return matches(got, matcher.matches);
  }
  if ('doesNotMatch' in matcher) {
    return not(matches(got, matcher.doesNotMatch));
  }
  if ('equalToJson' in matcher && !matcher.ignoreArrayOrder && !matcher.ignoreExtraElements) {
    return equalJson(got, matcher.equalToJson);
  }
  return undefined;
}

function equalJson(got: string, wanted: unknown): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(got), typeof wanted === 'string' ? JSON.parse(wanted) : wanted);
  } catch {
    return false;
  }
}

/** Whether all of a string fits; undefined for a regular expression that Java knows and JavaScript does not. */
export function matches(text: string, pattern: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test(text);
  } catch {
    return undefined;
  }
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** The request that a stub wants, as the report shows it. */
export function wantedText(matcher: BodyMatcher): string {
  if ('equalTo' in matcher) {
    return matcher.equalTo;
  }
  if ('absent' in matcher) {
    return '(absent)';
  }
  if ('equalToJson' in matcher) {
    return typeof matcher.equalToJson === 'string' ? matcher.equalToJson : JSON.stringify(matcher.equalToJson);
  }
  return Object.entries(matcher)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
