import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The classes of bugs. */
export const classes = [
  'queries',
  'plans',
  'round trips',
  'transactions',
  'connections',
  'upstreams',
  'messages',
  'time zones',
  'schema',
  'migrations',
  'process',
] as const;
export type BugClass = (typeof classes)[number];

/** What most bugs' services are generated with. */
const USUAL_OPTIONS = '--entity product --upstream rates';

/** A bug that a developer makes, as a patch to a service that was just generated. */
export interface PlantedBug {
  readonly class: BugClass;
  /** What the service is generated with: flags of `plop service`. */
  readonly options: string;
  /** The developer's mistake, in one line. */
  readonly title: string;
  /** Full name of the integration test that fails. */
  readonly test: string;
  /** A piece of that test's message: it names the cause. */
  readonly message: string;
  /** The patch's file. */
  readonly path: string;
}

/**
 * Reads the patches, `CLASS/NAME.patch`, in the order of the classes and of their names. Before the first line that
 * begins with `diff` a patch says in headers what it is: `Bug:`, `Test:`, `Message:`, and `Options:` where the service is
 * another one than most, a line each.
 * @throws {Error} when a header is missing or a folder is not a class.
 */
export function readCatalogue(): readonly PlantedBug[] {
  const paths = globSync('*/*.patch', { cwd: import.meta.dirname }).sort();
  const bugs = paths.map((path) => readBug(join(import.meta.dirname, path)));
  return bugs.toSorted((left, right) => classes.indexOf(left.class) - classes.indexOf(right.class));
}

function readBug(path: string): PlantedBug {
  const [head] = readFileSync(path, 'utf8').split(/^diff /m);
  const header = (name: string, usual?: string): string => {
    const [, value = usual] = new RegExp(`^${name}: (.+)$`, 'm').exec(head ?? '') ?? [];
    if (value === undefined) {
      throw new Error(`${path} has no line '${name}: …' before its diff.`);
    }
    return value;
  };
  const folder = basename(dirname(path)).replaceAll('-', ' ');
  const bugClass = classes.find((name) => name === folder);
  if (bugClass === undefined) {
    throw new Error(`${path}: '${folder}' is not a class of bugs; they are ${classes.join(', ')}.`);
  }
  return {
    class: bugClass,
    options: header('Options', USUAL_OPTIONS),
    title: header('Bug'),
    test: header('Test'),
    message: header('Message'),
    path,
  };
}
