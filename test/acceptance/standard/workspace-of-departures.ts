import { expect } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

interface Report {
  readonly ok: boolean;
  readonly information: readonly string[];
  readonly packages: readonly {
    readonly name: string;
    readonly findings: readonly { readonly rule: string; readonly what: string; readonly todo: string }[];
  }[];
}

/** A repository in which departures are planted, and taken back. */
export interface Departures extends ScratchWorkspace {
  standard(...args: string[]): ReturnType<ScratchWorkspace['run']>;
  /** The findings of `npm run standard`, a line each, and its information. */
  report(): Promise<{ code: number; findings: string[]; information: readonly string[] }>;
  /** Writes a file that `restore` takes back. */
  plant(path: string, content: string): Promise<void>;
  /** Changes a file, exactly where it is expected to be changed. */
  replace(path: string, from: string, to: string): Promise<void>;
  prepend(path: string, text: string): Promise<void>;
  restore(): Promise<void>;
}

/** Makes a repository with packages of each kind; they lie beside the example, npm has not linked them and need not. */
export async function createDepartures(): Promise<Departures> {
  const workspace = await createScratchWorkspace(['pricing']);
  for (const command of [
    'service orders --database none',
    'service billing --database none',
    'library money',
    'stub exchange-rates --package billing',
    'stub tax-rates --package billing',
  ]) {
    const { code, stderr } = await workspace.run('plop', [...command.split(' '), '--yes', '--no-install']);
    expect(code, stderr).toBe(0);
  }
  /** Undefined: it was not there. */
  const originals = new Map<string, string | undefined>();
  const keep = async (path: string) => {
    if (!originals.has(path)) {
      originals.set(path, await workspace.read(path).catch(() => undefined));
    }
  };
  const departures: Departures = {
    ...workspace,
    standard: (...args) => workspace.run('node', ['packages/standard/src/main.ts', ...args]),
    async report() {
      const { code, stdout, stderr } = await departures.standard('--json');
      expect(stderr).toBe('');
      const { ok, packages, information } = JSON.parse(stdout) as Report;
      expect(ok).toBe(code === 0);
      const findings = packages.flatMap(({ name, findings: own }) =>
        own.map(({ rule, what, todo }) => {
          expect(todo).toMatch(/\w.*\.$/);
          return `${name} ${rule}: ${what}`;
        }),
      );
      return { code, findings, information };
    },
    async plant(path, content) {
      await keep(path);
      await workspace.write(path, content);
    },
    async replace(path, from, to) {
      const text = await workspace.read(path);
      expect(text.split(from), `${from} in ${path}`).toHaveLength(2);
      await departures.plant(
        path,
        text.replace(from, () => to),
      );
    },
    prepend: async (path, text) => departures.plant(path, text + (await workspace.read(path))),
    async restore() {
      for (const [path, content] of originals) {
        if (content === undefined) {
          await workspace.run('rm', ['-f', path]);
        } else {
          await workspace.write(path, content);
        }
      }
      originals.clear();
    },
  };
  return departures;
}

/** A rule and the beginning of what it finds, for a departure that was planted. */
export type Plant = readonly [what: string, plant: (workspace: Departures) => Promise<void>, found: string];

/** Those of the findings that no plant accounts for. */
export function unplanted(findings: readonly string[], plants: readonly Plant[]): readonly string[] {
  return findings.filter((finding) => !plants.some(([, , found]) => finding.startsWith(found)));
}
