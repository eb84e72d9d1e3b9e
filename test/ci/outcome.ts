import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The packages that types and integration suites load, whatever a package declares. */
const OF_TESTS = ['testkit', 'guards', 'openapi'];

/** The files of a workspace at one moment, and their contents. */
interface Snapshot {
  readonly paths: readonly string[];
  read(path: string): Buffer;
}

/**
 * A stand-in for a target's verdict: a hash of all that the real one could read. It is told by what tools read, not by
 * nx.json, whose rules it is there to contradict.
 * @param ids of tasks, as Nx has them
 */
export function outcomesOf(root: string, ids: readonly string[]): Record<string, string> {
  const contents = new Map<string, Buffer>();
  const entries = ['*', '.env*', '.*.env', 'packages/**/*', 'packages/**/.*', 'packages/**/.*/**/*'].flatMap(
    (pattern) => globSync(pattern, { cwd: root, withFileTypes: true }),
  );
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const snapshot: Snapshot = {
    paths: [...new Set(files)].sort(),
    read: (path) => {
      const content = contents.get(path) ?? readFileSync(join(root, path));
      contents.set(path, content);
      return content;
    },
  };
  return Object.fromEntries(ids.map((id) => [id, outcomeOf(snapshot, ...(id.split(':') as [string, string]))]));
}

function outcomeOf(snapshot: Snapshot, project: string, target: string): string {
  const own = `packages/${project}`;
  const read: string[] = [];
  const add = (start: string, but: RegExp = /^$/) =>
    read.push(...snapshot.paths.filter((path) => path.startsWith(start) && !but.test(path)));
  const json = (path: string) => JSON.parse(snapshot.read(path).toString());
  const others = dependenciesOf(json, project);
  const extra: unknown[] = [];

  add('.env');
  if (target === 'lint') {
    add(`${own}/`);
    add('biome.json');
  } else {
    const lock = json('package-lock.json').packages;
    for (const name of [project, ...others]) {
      for (const dependency of Object.keys(json(`packages/${name}/package.json`).dependencies ?? {})) {
        extra.push(lock[`node_modules/${dependency}`]);
      }
    }
    add('tsconfig.json');
    for (const other of others) {
      add(`packages/${other}/`, theirs[target] ?? tests);
    }
  }
  if (target === 'typecheck') {
    add(`${own}/`, /\.md$/);
    for (const tool of OF_TESTS) {
      add(`packages/${tool}/src/`, tests);
    }
  }
  if (target === 'unit') {
    add(`${own}/`, /^packages\/[^/]+\/([^/]+\.md$|docs\/.*\.md$|(integration|migrations)\/)/);
    add('vitest.config.ts');
    add('packages/guards/', tests);
  }
  if (target === 'integration') {
    add(`${own}/`, /^packages\/[^/]+\/([^/]+\.md$|docs\/.*\.md$|src\/.*\.test\.ts$)/);
    add('vitest.config.ts');
    for (const tool of OF_TESTS) {
      add(`packages/${tool}/src/`, tests);
    }
    const images = json('images.json');
    const [restricted] = json(`${own}/package.json`).nx.namedInputs?.images ?? [{ fields: Object.keys(images) }];
    extra.push((restricted?.fields ?? []).map((kind: string) => images[kind]));
  }
  const hash = createHash('sha256').update(JSON.stringify(extra));
  for (const path of [...new Set(read)].sort()) {
    hash.update(`${path}\0`).update(snapshot.read(path));
  }
  return hash.digest('hex').slice(0, 16);
}

const tests = /^packages\/[^/]+\/([^/]+\.md$|docs\/.*\.md$|src\/.*\.test\.ts$|integration\/)/;
/** Files of a dependency that are not read. */
const theirs: Record<string, RegExp> = {
  unit: /^packages\/[^/]+\/([^/]+\.md$|docs\/.*\.md$|src\/.*\.test\.ts$|(integration|migrations)\/)/,
};

/** The packages of the workspace that a package depends on, directly or not. */
// biome-ignore lint/suspicious/noExplicitAny: JSON whose shape npm defines
function dependenciesOf(json: (path: string) => any, project: string, found = new Set<string>()): string[] {
  const { dependencies = {} } = json(`packages/${project}/package.json`);
  for (const name of Object.keys(dependencies)) {
    const [, local] = /^@splitlevel\/(.*)$/.exec(name) ?? [];
    if (local === undefined || found.has(local)) {
      continue;
    }
    found.add(local);
    dependenciesOf(json, local, found);
  }
  return [...found];
}
