import { prettyFactory } from 'pino-pretty';

/** A line of the log, as pino writes it. */
interface Entry {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly reqId?: string;
  readonly req?: { readonly method: string; readonly url: string };
  readonly res?: { readonly statusCode: number };
  readonly responseTime?: number;
  readonly err?: LoggedError;
}

/** An error, as pino's own serializer writes it. */
interface LoggedError {
  readonly type?: string;
  readonly message?: string;
  /** Of an `InvalidInputError`: where the input is not valid, and why. */
  readonly problems?: readonly { readonly path?: string; readonly message?: string }[];
}

/** The level from which on an error is shown with its stack. Below it services log what callers did wrong. */
const WARN = 40;

/** Requests whose end has not been logged, at most: one that was cut off never has. */
const MOST_OPEN = 1000;

/**
 * Turns the lines of a service's log, in JSON, into readable lines: time, level, message, and a line a request. An
 * error below the level `warn` is one line, without its stack. A line that is not JSON stays as it is.
 * @returns what to print for a line, with its line end; undefined where nothing is printed
 */
export function createReadableLog(options: { readonly colours: boolean }): (line: string) => string | undefined {
  const pretty = prettyFactory({
    colorize: options.colours,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,reqId,req,res,responseTime',
  });
  const open = new Map<string, string>();
  return (line) => {
    const parsed = parse(line);
    if (parsed === undefined) {
      return `${line}\n`;
    }
    const entry = withoutStack(parsed);
    const { req, res, reqId = '', responseTime } = entry;
    if (entry.msg === 'incoming request' && req !== undefined) {
      if (open.size >= MOST_OPEN) {
        open.clear();
      }
      open.set(reqId, `${req.method} ${req.url}`);
      return undefined;
    }
    const request = open.get(reqId);
    if (entry.msg === 'request completed' && request !== undefined) {
      open.delete(reqId);
      const time = responseTime === undefined ? '' : ` in ${Math.round(responseTime)} ms`;
      return pretty({ ...entry, msg: `${request} ${res?.statusCode ?? 'without an answer'}${time}` });
    }
    return pretty(request === undefined ? entry : { ...entry, msg: `${request}: ${entry.msg ?? ''}` });
  };
}

/** The error of a low level as a part of the message. */
function withoutStack({ err, ...entry }: Entry): Entry {
  if (err === undefined) {
    return entry;
  }
  if (entry.level >= WARN) {
    return { ...entry, err };
  }
  const problems = Array.isArray(err.problems) ? err.problems : [];
  const told = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  const error = `${err.type ?? 'Error'}: ${err.message ?? ''}${told === '' ? '' : ` (${told})`}`;
  return { ...entry, msg: `${entry.msg ?? ''}: ${error.replace(/\s*\n\s*/g, ' ')}` };
}

function parse(line: string): Entry | undefined {
  if (!line.startsWith('{')) {
    return undefined;
  }
  try {
    const value = JSON.parse(line) as Entry;
    return typeof value.level === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}
