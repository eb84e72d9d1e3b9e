import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyWorkspace } from '../engine/copy/copy-workspace.ts';
import { nodesIn } from '../engine/edit/syntax.ts';
import { type Script, scriptOf } from './author.ts';
import { type Classified, classify } from './classify.ts';
import { type AdoptedPackage, runnerOf } from './read-package.ts';
import { type SharedWrite, sharedWrites } from './shared-writes.ts';
import { statementsOf } from './source/syntax.ts';
import type { ProjectSettings } from './vitest/report.ts';
import { type ObservedReport, runVitest } from './vitest/run.ts';

const MOST_CHARACTERS = 300;

/** A package's tests as they are under its author's configuration. */
export interface Observed {
  readonly script: Script;
  readonly keys: readonly string[];
  readonly configFiles: readonly string[];
  readonly projects: readonly ProjectSettings[];
  /** By path relative to the package: files that the configuration runs, and files that are named as tests. */
  readonly tests: ReadonlyMap<string, ObservedTest>;
}

export interface ObservedTest extends Classified {
  /** The project that ran it; the first one where none did. */
  readonly settings: ProjectSettings | undefined;
}

/**
 * Runs all tests of a package, in a copy, as its author does, under a guard that notes and refuses nothing.
 * @throws {Failure} when Vitest cannot be run.
 */
export async function observe(root: string, adopted: AdoptedPackage, scratch: string): Promise<Observed> {
  const { folder, manifest, sources, named } = adopted;
  const script = scriptOf(adopted);
  const copy = copyWorkspace(root, [{ folder, name: manifest.name }], scratch);
  try {
    const usesTestkit = [...sources.values()].some(({ references }) =>
      references.some(({ text, use }) => use === 'import' && /(^|\/)testkit(\/|$)/.test(text)),
    );
    // The workspace's own: the generators do without the testkit.
    const ofWorkspace = createRequire(join(root, 'package.json'));
    const run = await runVitest(
      {
        root: join(copy.root, folder),
        flags: script.flags,
        filters: [],
        guard: fileURLToPath(import.meta.resolve('@splitlevel/guards/observing')),
        ...(usesTestkit ? { globalSetup: ofWorkspace.resolve('@splitlevel/testkit/global-setup') } : {}),
      },
      { ...script.environment, TESTKIT_WORKSPACE: root },
    );
    const report = inWorkspace(run, copy.root, folder);
    const paths = [...new Set([...Object.keys(report.files), ...named])].toSorted();
    const shared = sharedWrites(folder, report.observations);
    const tests = paths.map((path) => [path, judge(path, adopted, report, shared.get(path))] as const);
    return { script, ...report, tests: new Map(tests) };
  } finally {
    copy.remove();
  }
}

/** The report with the workspace's paths in place of the copy's. */
function inWorkspace(report: ObservedReport, copy: string, folder: string): ObservedReport {
  const text = JSON.stringify(report).replaceAll(`${copy}/`, '');
  const { observations, ...rest } = JSON.parse(text) as ObservedReport;
  const isOwn = (frame: string) => !frame.startsWith('/') && !frame.startsWith(`${folder}/`);
  return {
    ...rest,
    observations: observations.map(({ frame, ...each }) => {
      return { ...each, frame: frame !== undefined && isOwn(frame) ? `${folder}/${frame}` : frame };
    }),
  };
}

function judge(
  path: string,
  { sources }: AdoptedPackage,
  { files, observations, projects }: ObservedReport,
  shared: SharedWrite | undefined,
): ObservedTest {
  const file = files[path];
  const source = sources.get(path);
  const settings = projects.find(({ name }) => name === file?.project) ?? projects[0];
  const stays = (obstacle: string): ObservedTest => ({ kind: undefined, obstacle, settings });
  const runner = source === undefined ? undefined : runnerOf(source);
  if (runner !== undefined) {
    return stays(`it is a test of ${runner}, which adopting does not convert`);
  }
  if (source?.problem !== undefined) {
    return stays(`it cannot be read: ${source.problem}`);
  }
  if (file === undefined) {
    const reason = projects.some(({ browser }) => browser)
      ? 'it runs in a browser'
      : 'its own configuration leaves it out';
    return stays(`${reason}, so that nothing is known of it`);
  }
  if (!file.passed) {
    return stays(`it fails under its own configuration: ${firstOf(file.failures) ?? 'no reason is given'}`);
  }
  if (file.tests === 0) {
    return stays('all of its tests are skipped, so that nothing is known of it');
  }
  if (source !== undefined && isJsx(path, source.text)) {
    return stays('it is written in JSX, and test files are .test.ts here');
  }
  const classified = classify(observations.filter((each) => each.file === path));
  if (shared === undefined || classified.obstacle !== undefined) {
    return { ...classified, settings };
  }
  const { path: place, other } = shared;
  const obstacle = `it writes to ${place}, as ${other} does, and files run side by side: give each a folder of its own`;
  return { ...classified, obstacle, settings };
}

/** The first two lines of the first failure as one: some first lines only name what comes. */
export function firstOf(failures: readonly string[]): string | undefined {
  const lines = failures[0]?.split('\n').map((line) => line.trim()) ?? [];
  const said = lines.filter((line) => line !== '');
  return said.length === 0 ? undefined : said.slice(0, 2).join(' ').slice(0, MOST_CHARACTERS);
}

function isJsx(path: string, text: string): boolean {
  return path.endsWith('x') && [...nodesIn(statementsOf(path, text))].some(({ type }) => type.startsWith('JSX'));
}
