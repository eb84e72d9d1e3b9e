/** The last datetime that MariaDB knows: whatever is later is as late as this. */
const last = '9999-12-31 23:59:59.999999';

/**
 * An instant as MariaDB compares it with a datetime in UTC. A Date would cut its microseconds to milliseconds.
 *
 * @param instant RFC 3339 with up to six decimals
 */
export function utcDatetime(instant: string): string {
  const [, decimals = ''] = /\.(\d+)/.exec(instant) ?? [];
  const seconds = new Date(instant.replace(/\.\d+/, '')).toISOString();
  if (seconds.startsWith('+')) {
    return last;
  }
  return `${seconds.slice(0, 19).replace('T', ' ')}.${decimals.padEnd(6, '0')}`;
}
