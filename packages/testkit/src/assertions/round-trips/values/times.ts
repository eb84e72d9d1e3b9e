import fc from 'fast-check';
import { clock, microsecondsOf } from '../clock.ts';
import type { ColumnType } from '../column.ts';
import type { TypeValues } from './type-values.ts';

/** In every zone in the years that ISO 8601 writes with four digits. */
const FIRST = microsecondsOf('0001-01-03T00:00:00') as bigint;
const LAST = microsecondsOf('9999-12-29T23:59:59.999999') as bigint;
const DAY = 86_400_000_000n;

/** Changes of clocks in 2024: the instants at which New York, St. John's, Berlin and Lord Howe put them on and back. */
const CHANGES = [
  '2024-03-10T07:00:00',
  '2024-11-03T06:00:00',
  '2024-03-10T05:30:00',
  '2024-11-03T04:30:00',
  '2024-03-31T01:00:00',
  '2024-10-27T01:00:00',
  '2024-04-06T15:00:00',
  '2024-10-05T15:30:00',
];
/** Times of clocks that are skipped or come twice there. */
const AMBIGUOUS = ['2024-03-10T02:30:00', '2024-11-03T01:30:00', '2024-03-31T02:30:00', '2024-10-27T02:30:00'];
const PLAIN = [
  '1970-01-01T00:00:00',
  '1970-01-01T00:00:00.000001',
  '2024-07-01T12:34:56.789012',
  '2024-02-29T23:59:59.999999',
  '2024-01-01T00:00:00',
  '2024-12-31T23:59:59.999999',
  '1969-12-31T23:59:59.999999',
];
const OUTMOST = ['0001-01-03T00:00:00', '9999-12-29T23:59:59.999999'];

/** Written in ISO 8601 with all places that the column keeps: `2024-03-10T07:00:00.000001Z`, without Z for a timestamp. */
export function timestampValues({ name, modifier }: ColumnType): TypeValues {
  const places = modifier < 0 ? 6 : modifier;
  const unit = 10n ** BigInt(6 - places);
  const zone = name === 'timestamptz' ? 'Z' : '';
  const changes = CHANGES.flatMap((change) => [
    (microsecondsOf(change) as bigint) - 1n,
    microsecondsOf(change) as bigint,
  ]);
  const times = [...PLAIN, ...AMBIGUOUS].map((time) => microsecondsOf(time) as bigint);
  const outmost = OUTMOST.map((time) => microsecondsOf(time) as bigint);
  const write = (units: bigint) => clock(units * unit, places) + zone;
  return {
    edges: [...times, ...changes, ...outmost].map((time) => write(floor(time, unit))),
    random: fc
      .bigInt({ min: floor(FIRST, unit), max: floor(LAST, unit) })
      .map(write, (text) => (microsecondsOf(text as string) as bigint) / unit),
  };
}

export function dateValues(): TypeValues {
  const write = (day: bigint) => clock(day * DAY, 0).slice(0, 10);
  return {
    edges: [
      '1970-01-01',
      '2024-07-01',
      '2000-02-29',
      '2024-12-31',
      '2024-03-10',
      '2024-03-31',
      '2024-10-27',
      '2024-11-03',
      // Havana and Beirut change at midnight, Samoa skipped a day, and the Gregorian calendar starts in 1582.
      '1969-12-31',
      '2024-04-06',
      '2011-12-30',
      '1582-10-10',
      '0001-01-03',
      '9999-12-29',
    ],
    random: fc
      .bigInt({ min: FIRST / DAY, max: LAST / DAY })
      .map(write, (text) => (microsecondsOf(text as string) as bigint) / DAY),
  };
}

export function timeOfDayValues({ modifier }: ColumnType): TypeValues {
  const places = modifier < 0 ? 6 : modifier;
  const unit = 10n ** BigInt(6 - places);
  const write = (units: bigint) => clock(units * unit, places).slice(11);
  return {
    edges: [0n, DAY / 2n, DAY - unit].map((time) => write(time / unit)),
    random: fc
      .bigInt({ min: 0n, max: (DAY - 1n) / unit })
      .map(write, (text) => (microsecondsOf(`1970-01-01T${text}`) as bigint) / unit),
  };
}

function floor(value: bigint, unit: bigint): bigint {
  const rest = ((value % unit) + unit) % unit;
  return (value - rest) / unit;
}
