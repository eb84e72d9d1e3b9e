import { type Runtime, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';

/** Packages whose functions stand in for others in tests: what they put in place is the test's doing, not a library's. */
const DOUBLES =
  /\/node_modules\/(@vitest|vitest|tinyspy|sinon|@sinonjs|nise|nock|msw|@mswjs|fetch-mock|jest-\w|@jest|testdouble|td|mockdate|timekeeper|proxyquire|esmock|undici\/lib\/mock)[/-]/;

/** Whether a file belongs to an installed package that is made for something else than doubles. */
export function isLibrary(file: string): boolean {
  return file.includes('/node_modules/') && !DOUBLES.test(file);
}

/** Whether a file belongs to a package of doubles. */
export function isDoubleMaker(file: string): boolean {
  return DOUBLES.test(file);
}

/**
 * Tells `action` the file that a function's code stands in, also of one that is bound; of a proxy, that of its handler, or
 * of its target where the handler has no function; for another object, of the first function among its own properties.
 * 'node:…' for Node's, undefined where there is none.
 */
export function locating<T>(action: (fileOf: (value: unknown) => string | undefined) => T): T {
  let session: Session | undefined;
  const urls = new Map<string, string>();
  const connect = (): Session => {
    const made = new Session();
    made.connect();
    made.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
    made.post('Debugger.enable');
    return made;
  };
  try {
    return action((value) => {
      const made = firstFunction(value);
      if (!made) {
        return undefined;
      }
      session ??= connect();
      const script = scriptOf(session, made);
      const url = script === undefined ? undefined : urls.get(script);
      return url?.startsWith('file://') ? fileURLToPath(url) : url;
    });
  } finally {
    session?.disconnect();
  }
}

function firstFunction(value: unknown): object | undefined {
  if (typeof value === 'function') {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const values = Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value as unknown);
  return values.find((property) => typeof property === 'function') as object | undefined;
}

const HANDOVER = Symbol.for('splitlevel.located');

/** Sessions of the same thread answer before `post` returns. */
function scriptOf(session: Session, made: object): string | undefined {
  const holder = globalThis as { [HANDOVER]?: object };
  holder[HANDOVER] = made;
  let id: string | undefined;
  const expression = "globalThis[Symbol.for('splitlevel.located')]";
  session.post('Runtime.evaluate', { expression }, (_error, answer) => (id = answer?.result.objectId));
  delete holder[HANDOVER];
  for (let depth = 0; id !== undefined && depth < 10; depth++) {
    const { inside } = lookInto(session, id);
    const script = scriptIn(inside);
    if (script !== undefined) {
      return script;
    }
    const handler = inside.get('[[Handler]]')?.objectId;
    for (const trap of handler === undefined ? [] : lookInto(session, handler).functions) {
      const ofTrap = scriptIn(lookInto(session, trap).inside);
      if (ofTrap !== undefined) {
        return ofTrap;
      }
    }
    id = (inside.get('[[TargetFunction]]') ?? inside.get('[[Target]]'))?.objectId;
  }
  return undefined;
}

interface Inside {
  readonly inside: ReadonlyMap<string, Runtime.RemoteObject | undefined>;
  /** The ids of the functions among its own properties. */
  readonly functions: readonly string[];
}

function lookInto(session: Session, objectId: string): Inside {
  const inside = new Map<string, Runtime.RemoteObject | undefined>();
  const functions: string[] = [];
  session.post('Runtime.getProperties', { objectId, ownProperties: true }, (_error, answer) => {
    for (const { name, value } of answer?.internalProperties ?? []) {
      inside.set(name, value);
    }
    for (const { value } of answer?.result ?? []) {
      if (value?.type === 'function' && value.objectId) {
        functions.push(value.objectId);
      }
    }
  });
  return { inside, functions };
}

function scriptIn(inside: Inside['inside']): string | undefined {
  const location = inside.get('[[FunctionLocation]]')?.value as { scriptId: string } | undefined;
  return location?.scriptId;
}
