/** Runs work with another time zone of the process. */
export async function inProcessZone<T>(zone: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.TZ;
  const offsets = offsetsIn(canonical(zone));
  process.env.TZ = zone;
  try {
    // Node reads TZ again when it is set, but only on the main thread of a process.
    if (offsetsIn(undefined) !== offsets) {
      throw new Error(
        `The time zone of this process could not be set to ${zone}: that takes a test that runs in a process of its own. ` +
          "Set pool: 'forks' in vitest.config.ts.",
      );
    }
    return await work();
  } finally {
    if (before === undefined) {
      delete process.env.TZ;
    } else {
      process.env.TZ = before;
    }
  }
}

function canonical(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new Error(`'${zone}' is not a time zone that Node knows. Write a name such as 'Asia/Kolkata' or 'UTC'.`, {
      cause,
    });
  }
}

/** The time on clocks in winter and in summer. */
function offsetsIn(timeZone: string | undefined): string {
  const months = [0, 6].map((month) => new Date(Date.UTC(2024, month, 15, 12)));
  if (timeZone === undefined) {
    return months.map((date) => `${date.getDate()} ${date.getHours()}:${date.getMinutes()}`).join();
  }
  return months
    .map((date) => {
      const format = { timeZone, day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
      const parts = new Intl.DateTimeFormat('en', format).formatToParts(date);
      const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
      return `${of('day')} ${of('hour')}:${of('minute')}`;
    })
    .join();
}
