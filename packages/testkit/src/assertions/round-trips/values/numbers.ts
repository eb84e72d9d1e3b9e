import fc from 'fast-check';
import { type ColumnType, precisionOf } from '../column.ts';
import type { TypeValues } from './type-values.ts';

/** Digits that are tried where a numeric has no limit: more than any float keeps. */
const UNLIMITED = { precision: 30, scale: 10 };

/** Numerics are written with all places of their scale, as PostgreSQL prints them. */
export function numericValues(type: ColumnType): TypeValues {
  const { precision, scale } = precisionOf(type) ?? UNLIMITED;
  const most = 10n ** BigInt(precision) - 1n;
  const one = 10n ** BigInt(Math.max(scale, 0));
  const digits = BigInt('12345678901234567890'.repeat(50).slice(0, precision));
  const unscaled = [
    0n,
    one,
    1n,
    -1n,
    -one,
    one / 10n,
    3n * (one / 10n),
    (9n * one) / 10n,
    digits,
    -digits,
    most,
    -most,
  ];
  return {
    edges: unscaled.filter((value) => value >= -most && value <= most).map((value) => place(value, scale)),
    random: fc.bigInt({ min: -most, max: most }).map(
      (value) => place(value, scale),
      (text) => unplace(String(text), scale),
    ),
  };
}

/** 1999n with a scale of 2 is `19.99`; with a scale of -3, `1999000`. */
export function place(unscaled: bigint, scale: number): string {
  if (scale <= 0) {
    return String(unscaled * 10n ** BigInt(-scale));
  }
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function unplace(text: string, scale: number): bigint {
  if (scale <= 0) {
    return BigInt(text) / 10n ** BigInt(-scale);
  }
  return BigInt(text.replace('.', ''));
}

const BITS: Readonly<Record<string, number>> = { int2: 16, int4: 32, int8: 64 };

export function integerValues({ name }: ColumnType): TypeValues {
  const bound = 2n ** BigInt((BITS[name] ?? 64) - 1);
  const edges = [0n, 1n, -1n, 32767n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 53n - 1n, 2n ** 53n + 1n, -(2n ** 53n) - 1n];
  return {
    edges: [...edges, bound - 1n, -bound].filter((value) => value >= -bound && value < bound).map(String),
    random: fc.bigInt({ min: -bound, max: bound - 1n }).map(String, (text) => BigInt(text as string)),
  };
}

export function floatValues({ name }: ColumnType): TypeValues {
  const options = { noNaN: true, noDefaultInfinity: true };
  const numbers = name === 'float4' ? fc.float(options) : fc.double(options);
  const edges = [
    0,
    1,
    -1,
    0.5,
    -2.25,
    name === 'float4' ? 16777216 : 0.1,
    name === 'float4' ? 3.4e38 : 1.7976931348623157e308,
  ];
  return {
    edges: edges.map(String),
    // PostgreSQL and JSON both lose the sign of zero here and there, and nobody's code depends on it.
    random: numbers.map(
      (number) => String(number + 0),
      (text) => Number(text),
    ),
  };
}
