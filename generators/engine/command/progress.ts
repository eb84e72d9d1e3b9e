import { visible } from './visible.ts';

/** When a step that is not done yet is told, and then told again. */
const FIRST_MS = 1000;
const AGAIN_MS = 15_000;

/** Tells what takes long: plain lines, without a spinner and without colours. */
export interface Progress {
  /** Says what is being done now. For steps that block the process, or that come one after another. */
  step(what: string): void;
  /** Does the work; where it takes more than a second it is named, and every 15 seconds how long it has taken. */
  during<T>(what: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Progress in lines: `Installing dependencies…`, `Installing dependencies… 15 s`.
 * @param write takes a line without its end. Default: standard error, so that the result on standard output stays alone.
 */
export function progressIn(write: (line: string) => void = (line) => process.stderr.write(`${line}\n`)): Progress {
  const tell = (line: string) => write(visible(line));
  return {
    step: (what) => tell(`${what}…`),
    during: async (what, work) => {
      const start = performance.now();
      const seconds = () => Math.round((performance.now() - start) / 1000);
      let again: NodeJS.Timeout | undefined;
      const first = setTimeout(() => {
        tell(`${what}…`);
        again = setInterval(() => tell(`${what}… ${seconds()} s`), AGAIN_MS).unref();
      }, FIRST_MS).unref();
      try {
        return await work();
      } finally {
        clearTimeout(first);
        clearInterval(again);
      }
    },
  };
}

/** Says nothing: for `--json`, and where the work is part of something else. */
export const silent: Progress = { step: () => undefined, during: (_what, work) => work() };
