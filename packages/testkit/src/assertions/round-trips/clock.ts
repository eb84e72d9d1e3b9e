/** Offsets have seconds where local time was the sun's: PostgreSQL writes them, though ISO 8601 does not know them. */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d\d(?::?\d\d(?::\d\d)?)?)?$/i;

/** Microseconds since 1970 of an ISO 8601 time, one without an offset taken as UTC; undefined for any other string. */
export function microsecondsOf(text: string): bigint | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] = ISO.exec(text) ?? [];
  if (year === undefined) {
    return undefined;
  }
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(milliseconds)) {
    return undefined;
  }
  const micros = BigInt(fraction.padEnd(6, '0').slice(0, 6));
  return BigInt(milliseconds) * 1000n + micros - offsetOf(zone) * 1_000_000n;
}

/** Whether a time says in which zone it is. */
export function hasOffset(text: string): boolean {
  return ISO.exec(text)?.[8] !== undefined;
}

/** In seconds. */
function offsetOf(zone = 'Z'): bigint {
  const [, sign, hours, minutes = '0', seconds = '0'] = /^([+-])(\d\d):?(\d\d)?:?(\d\d)?$/.exec(zone) ?? [];
  if (hours === undefined) {
    return 0n;
  }
  return BigInt((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * (sign === '-' ? -1n : 1n);
}

/** Microseconds since 1970 as a clock in UTC shows them: `2024-03-10T07:00:00.000001`. */
export function clock(microseconds: bigint, places: number): string {
  const fraction = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((microseconds - fraction) / 1000n)).toISOString().slice(0, 19);
  return places === 0 ? seconds : `${seconds}.${String(fraction).padStart(6, '0').slice(0, places)}`;
}

/** Minutes as an offset is written: `+05:30`. */
export function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
