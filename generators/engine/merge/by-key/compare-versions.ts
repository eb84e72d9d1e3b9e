/** Numbers from the front, and identifiers behind a hyphen. */
interface Version {
  readonly numbers: readonly number[];
  readonly prerelease: readonly string[];
}

/**
 * Compares two versions as a manifest has them, or the lower bounds of two ranges: `1.2.3`, `^1.2`, `~1`, `>=20`, `1.x`,
 * also behind the same prefix (`workspace:^1.2.0`, `npm:other@^1.2.0`).
 * @returns negative where the left one is lower; undefined where nothing can be said: `*`, a folder, an address, a range
 *   with several parts, names of two packages.
 */
export function compareVersions(left: string, right: string): number | undefined {
  const [leftPrefix, leftRest] = withoutPrefix(left);
  const [rightPrefix, rightRest] = withoutPrefix(right);
  const [one, other] = [parse(leftRest), parse(rightRest)];
  if (leftPrefix !== rightPrefix || one === undefined || other === undefined) {
    return undefined;
  }
  return compareNumbers(one.numbers, other.numbers) || comparePrereleases(one.prerelease, other.prerelease);
}

/**
 * Compares the tags of two images: `postgres:17-alpine`, `registry.example.org/team/postgres:18.2@sha256:…`.
 * @returns undefined where names or variants differ, or a tag has no number.
 */
export function compareImages(left: string, right: string): number | undefined {
  const [one, other] = [parseImage(left), parseImage(right)];
  if (one === undefined || other === undefined || one.name !== other.name || one.variant !== other.variant) {
    return undefined;
  }
  // `18` is whatever is newest of 18, and neither lower nor higher than `18.4`.
  const depth = Math.min(one.numbers.length, other.numbers.length);
  return compareNumbers(one.numbers.slice(0, depth), other.numbers.slice(0, depth));
}

function withoutPrefix(version: string): readonly [prefix: string, rest: string] {
  const [, prefix = '', rest = ''] = /^((?:workspace:|npm:|(?:@[^/@]+\/)?[\w.-]+@)*)(.*)$/.exec(version.trim()) ?? [];
  return [prefix, rest];
}

function parse(version: string): Version | undefined {
  const found = /^(?:[\^~=v]|>=)?\s*v?(\d+(?:\.(?:\d+|[xX*])){0,2})(?:-([\w.-]+))?(?:\+[\w.-]+)?$/.exec(version);
  const [, numbers, prerelease] = found ?? [];
  return numbers === undefined
    ? undefined
    : {
        numbers: numbers.split('.').map((each) => (/^\d+$/.test(each) ? Number(each) : 0)),
        prerelease: prerelease?.split('.') ?? [],
      };
}

function parseImage(image: string) {
  const found = /^([^@]+):v?(\d+(?:\.\d+)*)([^:/@]*)(?:@[\w:]+)?$/.exec(image);
  const [, name, numbers, variant] = found ?? [];
  return numbers === undefined ? undefined : { name, variant, numbers: numbers.split('.').map(Number) };
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** By the rules of Semantic Versioning 2.0.0, section 11: none is higher than any, and numbers are lower than words. */
function comparePrereleases(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) {
    return right.length - left.length;
  }
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (other === undefined) {
      return 1;
    }
    const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (isNumber !== isOtherNumber) {
      return isNumber ? -1 : 1;
    }
    if (one !== other) {
      return isNumber ? Number(one) - Number(other) : one < other ? -1 : 1;
    }
  }
  return left.length - right.length;
}
