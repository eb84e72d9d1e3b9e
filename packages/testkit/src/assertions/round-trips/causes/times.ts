import { hasOffset, microsecondsOf, offsetText } from '../clock.ts';

const SECOND = 1_000_000n;
const QUARTER = 15n * 60n * SECOND;
/** Between the outmost zones, of which one may be written and the other read. */
const WIDEST = 26n * 3600n * SECOND;

/** Why a point in time, or a time of a clock, came back as another. */
export function timeCause(type: string, written: string, came: string): string | undefined {
  const [before, after] = [microsecondsOf(written), microsecondsOf(withoutZone(type, came))];
  if (after === undefined || before === undefined) {
    return 'it is not in ISO 8601: toLocaleString, toString, or formatted for people';
  }
  const shifted = [before, floor(before, 1000n), floor(before, SECOND), floor(before, 60n * SECOND)];
  const losses = ['', 'cut to milliseconds (a Date has no microseconds)', 'cut to seconds', 'cut to minutes'];
  for (const [index, start] of shifted.entries()) {
    const difference = after - start;
    if (difference % QUARTER !== 0n || difference > WIDEST || difference < -WIDEST) {
      continue;
    }
    const cut = losses[index] ?? '';
    const shift =
      difference === 0n ? '' : `shifted by a time zone (${offsetText(Number(difference / (60n * SECOND)))})`;
    const mute =
      type === 'timestamptz' && !hasOffset(came) ? 'written without its offset, so that readers must guess' : '';
    return [cut, shift, mute].filter((part) => part !== '').join(', and ') || undefined;
  }
  if (after / 1000n === before / 1_000_000n) {
    return 'cut, or divided by 1000: seconds taken for milliseconds';
  }
  return undefined;
}

/** Why a date came back as something else. */
export function dateCause(written: string, came: string): string | undefined {
  const day = came.slice(0, 10);
  const [before, after] = [microsecondsOf(written), microsecondsOf(day)];
  if (before === undefined || after === undefined) {
    return 'it is not in ISO 8601: formatted for people?';
  }
  const days = Number((after - before) / (86_400n * SECOND));
  const point = came.length > 10 ? 'became a point in time' : '';
  const moved = days === -1 ? 'became the day before' : days === 1 ? 'became the day after' : '';
  if (point === '' && moved === '') {
    return undefined;
  }
  return `the date ${[moved, point].filter((part) => part !== '').join(', and ')}: it went through a Date, which is midnight of some zone`;
}

function withoutZone(type: string, text: string): string {
  return type === 'timestamptz'
    ? text
    : text.replace(/\s*(Z|[+-]\d\d(:?\d\d)?)$/i, (zone, _, __, at) => (at > 10 ? '' : zone));
}

function floor(value: bigint, unit: bigint): bigint {
  return value - (((value % unit) + unit) % unit);
}
