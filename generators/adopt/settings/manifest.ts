import { parse } from 'jsonc-parser';
import type { Suite } from '../classify.ts';
import type { Fate } from './fate.ts';
import { setIn } from './json-text.ts';

/** The parts of a package.json that are read. */
export interface Manifest {
  readonly name?: string;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly jest?: unknown;
  readonly ava?: unknown;
  readonly mocha?: unknown;
  readonly nx?: {
    readonly name?: string;
    readonly targets?: Readonly<Record<string, object>>;
    readonly includedScripts?: readonly string[];
  };
}

/** A file's text, and the fates of the settings in it. */
export interface Settled {
  readonly text: string;
  readonly fates: readonly Fate[];
}

const RUNS_VITEST = /(^|[\s;&|])(npx\s+)?vitest(\s|$)/;

/** The targets of a package under the standard. */
export function targetsOf(suites: readonly Suite[]): readonly string[] {
  return ['lint', 'typecheck', ...suites];
}

/**
 * A package.json under the standard: its targets are empty entries, which take everything from the workspace's
 * targetDefaults, and the workspace's Vitest is the only one. The rest keeps its text.
 * @param project its name in Nx.
 */
export function settleManifest(text: string, project: string, suites: readonly Suite[], vitest: string): Settled {
  const manifest = parse(text) as Manifest;
  const { scripts = {}, nx } = manifest;
  const targets = targetsOf(suites);
  const fates: Fate[] = [];
  let settled = text;
  const set = (path: readonly string[], value: unknown) => {
    settled = setIn(settled, [...path], value);
  };
  for (const target of targets.filter((each) => JSON.stringify(nx?.targets?.[each]) !== '{}')) {
    const own = nx?.targets?.[target];
    if (own !== undefined) {
      fates.push({ setting: `nx.targets.${target}`, fate: 'dropped', how: 'nx.json has the rules' });
    }
    set(['nx', 'targets', target], {});
  }
  // Nx would make targets of scripts with these names, and mix the two.
  if (targets.some((target) => scripts[target] !== undefined) && nx?.includedScripts === undefined) {
    set(['nx', 'includedScripts'], []);
  }
  for (const [name, script] of Object.entries(scripts).filter(([, each]) => RUNS_VITEST.test(each))) {
    const by = `nx run-many -t ${suites.join(' ')} -p ${project}`;
    fates.push({ setting: `scripts.${name}`, fate: 'rewritten', how: `${by}, instead of ${script}` });
    set(['scripts', name], by);
  }
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    const all = Object.entries(manifest[kind] ?? {});
    const gone = all.filter(([name]) => reasonToDrop(name) !== undefined);
    for (const [name, version] of gone) {
      fates.push({
        setting: `${kind}.${name} ${version}`,
        fate: 'dropped',
        how: `${reasonToDrop(name)}${name === 'vitest' ? ` (${vitest})` : ''}`,
      });
      set([kind, name], undefined);
    }
    if (gone.length > 0 && gone.length === all.length) {
      set([kind], undefined);
    }
  }
  return { text: settled, fates: fates.map((fate) => ({ ...fate, setting: `package.json ${fate.setting}` })) };
}

function reasonToDrop(name: string): string | undefined {
  if (name === 'vitest' || name.startsWith('@vitest/')) {
    return 'the workspace’s own runs both suites';
  }
  if (/^@[^/]+\/testkit$/.test(name)) {
    return 'the testkit is a tool of the workspace';
  }
  return undefined;
}
