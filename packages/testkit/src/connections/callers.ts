import { dirname } from 'node:path';
import { locationOf } from '../guards/caller.ts';

const TESTKIT = `${dirname(import.meta.dirname)}/`;
/** Libraries stand between the code and the driver, an ORM with dozens of frames: a stack of usual depth would not reach the code. */
const DEPTH = 100;
const VITEST = /\/node_modules\/(@vitest\/[\w-]+|vitest)\//;
const MOST_LINES = 4;

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

/**
 * The lines of a stack that belong to the code, the nearest first. Where there are none, those of the library that is
 * nearest; never Node's own, such as the HTTP server that called.
 */
export function callersOf(site: Pick<Error, 'stack'>): string {
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
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path) && !isOfTests(path);
}

function isOfTests(path: string): boolean {
  return VITEST.test(path) || (path.startsWith(TESTKIT) && !path.includes('.test.ts:'));
}
