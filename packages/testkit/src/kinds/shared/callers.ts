import { isTestkit, isVitest, locationOf, type Site, siteOf } from '@splitlevel/guards/caller';

/** Libraries stand between the code and the driver, an ORM with dozens of frames: a stack of usual depth would not reach the code. */
const DEPTH = 100;
const MOST_LINES = 4;

/** The calling place: keep it, and ask `callersOf` when it is needed. */
export function callSite(): Site {
  return siteOf(callSite, DEPTH);
}

/**
 * The lines of a stack that belong to the code, the nearest first. Where there are none, those of the library that is
 * nearest; never Node's own, such as the HTTP server that called.
 */
export function callersOf(site: Site): string {
  const frames = (site.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const others = frames.filter(isFile);
  const callers = others.filter((frame) => !frame.includes('/node_modules/'));
  return (callers.length > 0 ? callers : others)
    .slice(0, MOST_LINES)
    .map((frame) => frame.trim())
    .join('\n');
}

/** Whether a line names a file, and none of the testkit or Vitest: neither Node's modules, nor what is evaluated or native. */
function isFile(frame: string): boolean {
  const path = locationOf(frame);
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path) && !isVitest(path) && !isTestkit(path);
}
