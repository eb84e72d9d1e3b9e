import { AsyncLocalStorage } from 'node:async_hooks';
import { basename, dirname, relative } from 'node:path';

/** Where a call came from. */
export interface Caller {
  /** 'packages/x/src/y.ts:12:5': the nearest frame of the workspace's own code, else of a library's. */
  readonly frame: string | undefined;
  /** Frames without the guard's own, as in `error.stack`. */
  readonly stack: string;
  /** Vitest itself called, for example to write a snapshot. */
  readonly isVitest: boolean;
  /** Code of an installed package called. */
  readonly isLibrary: boolean;
}

/** The workspace's folder; tests may change the process's own. */
export const ROOT = process.cwd();
const STACK_DEPTH = 60;
const GUARDS = dirname(import.meta.dirname);
/** The testkit lies beside the guards: in packages/, or in the scope's folder of node_modules, of which pnpm has several. */
const TESTKIT = `/${basename(dirname(dirname(GUARDS)))}/testkit/${basename(GUARDS)}/`;
const sites = new AsyncLocalStorage<string>();

/** Remembers the calling site for what `action` starts later, when its own frames are gone from the stack (fetch). */
export function withSite<T>(entry: (...args: never[]) => unknown, action: () => T): T {
  return sites.run(framesBelow(entry), action);
}

export function callerOf(entry: (...args: never[]) => unknown): Caller {
  return readCaller(framesBelow(entry), sites.getStore());
}

/**
 * Reads a stack, top frame first.
 * @param frames the frames below the guard
 * @param site frames of an earlier call that led here, for stacks that hold none of the workspace's own code
 */
export function readCaller(frames: string, site: string | undefined, root = ROOT): Caller {
  const lines = frames.split('\n').map(locationOf).filter(isOutsideNode);
  const siteLines = (site ?? '').split('\n').map(locationOf).filter(isOutsideNode);
  const own = [...lines, ...siteLines].find(isOwnCode);
  const nearest = own ?? lines[0] ?? siteLines[0];
  return {
    frame: nearest === undefined ? undefined : shorten(nearest, root),
    stack: lines.length > 0 ? frames : (site ?? frames),
    isLibrary: (lines[0] ?? '').includes('/node_modules/'),
    isVitest: isVitest(lines[0] ?? ''),
  };
}

/** A place in the code, as its stack, which V8 formats only when it is read. */
export interface Site {
  readonly stack?: string;
}

/** The frames below `entry`, top first. */
export function siteOf(entry: (...args: never[]) => unknown, depth = STACK_DEPTH): Site {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, entry);
  Error.stackTraceLimit = limit;
  return holder;
}

/** The places of a stack that are outside of Node and of the guards, top first: '/work/a.ts:1:2'. */
export function placesOf(stack: string | undefined): string[] {
  return (stack ?? '').split('\n').slice(1).map(locationOf).filter(isOutsideNode);
}

function framesBelow(entry: (...args: never[]) => unknown): string {
  return (siteOf(entry).stack ?? '').split('\n').slice(1).join('\n');
}

/** The place that a line of a stack names, '/work/a.ts:1:2'; empty for code that was evaluated. Folders may have parentheses. */
export function locationOf(line: string): string {
  const text = line.trim().replace(/^at (async )?/, '');
  if (text.includes('(eval at ')) {
    return '';
  }
  const [, place = text] = / \(((?:file:\/\/|node:|[/\\]|[A-Za-z]:[/\\]).*)\)$/.exec(text) ?? [];
  return place.startsWith('file://') ? decodeURI(place.slice('file://'.length)) : place;
}

function isOutsideNode(location: string): boolean {
  if (!/:\d+:\d+$/.test(location) || location.startsWith('node:')) {
    return false;
  }
  return !location.startsWith(`${GUARDS}/`) || location.includes('.test.ts:');
}

/** A file, and none of an installed package. */
export function isOwnCode(location: string): boolean {
  return location.startsWith('/') && !location.includes('/node_modules/');
}

/** A test file of this standard; those of the guards' own tests are fixtures. */
export function isTestFile(location: string): boolean {
  return /\.(test|fixture)\.ts(:|$)/.test(location);
}

/** Code of Vitest, or of Vite below it. */
export function isVitest(location: string): boolean {
  return /\/node_modules\/(vitest|@vitest\/[\w-]+|vite)\//.test(location);
}

/** Code of the testkit itself, none of its tests. */
export function isTestkit(location: string): boolean {
  return location.includes(TESTKIT) && !location.includes('.test.ts:');
}

/** As 'packages/x/src/y.ts:12:5'. */
export function shorten(location: string, root = ROOT): string {
  const inside = relative(root, location);
  return inside.startsWith('..') ? location : inside;
}
