const OWN = /testkit\/src\/|node:internal|<anonymous>/;
/** Libraries stand between the code and the driver: a stack of usual depth would not reach the code. */
const DEPTH = 40;

/** The place that calls, for people: keep it, and ask `callersOf` when it is needed. */
export function siteOf(what: string): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  try {
    return new Error(what);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The lines of a stack that are neither a library's nor the testkit's; a library's, where there are no others. */
export function callersOf(site: Error): string {
  const frames = (site.stack ?? '').split('\n').slice(1);
  const others = frames.filter((frame) => !OWN.test(frame));
  const callers = others.filter((frame) => !frame.includes('node_modules/'));
  return (callers.length > 0 ? callers : others)
    .slice(0, 4)
    .map((frame) => frame.trim())
    .join('\n');
}
