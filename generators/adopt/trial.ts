import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyWorkspace, type WorkspaceCopy } from '../engine/copy/copy-workspace.ts';
import { filesBelow } from '../engine/copy/files-below.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { runTool } from '../engine/trial/run-tool.ts';
import type { Suite } from './classify.ts';
import type { AdoptedPackage } from './read-package.ts';
import type { FileReport } from './vitest/report.ts';
import { runVitest } from './vitest/run.ts';

/** The future files of a package, before they are formatted. Paths are relative to the package. */
export interface Draft {
  readonly suites: readonly Suite[];
  /** Where files go, by their present paths. */
  readonly moved: ReadonlyMap<string, string>;
  /** Contents by their future paths; a file that is not here stays as it is. */
  readonly texts: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

/** The outcome of a draft in a copy. */
export interface Trial {
  /** The package's files as they are to be, formatted, by path. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Test files that fail where they would lie, by their paths there. */
  readonly red: ReadonlyMap<string, FileReport>;
  /** The complaints of the linter and of the compiler; undefined where there are none, or they were not asked. */
  readonly lint: string | undefined;
  readonly types: string | undefined;
}

/**
 * Carries a draft out in a copy of the workspace, and runs there what the standard runs.
 * @throws {Failure} when a suite cannot be run, or fails without a file that is to blame.
 */
export async function tryOut(root: string, adopted: AdoptedPackage, draft: Draft, scratch: string): Promise<Trial> {
  const { folder, manifest } = adopted;
  const copy = copyWorkspace(root, [{ folder, name: manifest.name }], scratch);
  try {
    carryOut(join(copy.root, folder), draft);
    const lint = await format(copy, folder);
    const files = filesBelow(join(copy.root, folder));
    const red = new Map<string, FileReport>();
    for (const suite of draft.suites) {
      for (const [path, file] of await runSuite(suite, copy, folder, root)) {
        red.set(path, file);
      }
    }
    const types = red.size > 0 ? undefined : await runTool(copy.root, 'tsc', ['-p', folder, '--pretty', 'false']);
    return { files, red, lint, types };
  } finally {
    copy.remove();
  }
}

/** Formats and mends what can be mended. Twice at most, since one line that becomes two may then lack the third. */
async function format(copy: WorkspaceCopy, folder: string): Promise<string | undefined> {
  const settings = ['--write', '--error-on-warnings', '--reporter=concise', '--colors=off'];
  const run = () => runTool(copy.root, 'biome', ['check', ...settings, folder]);
  return (await run()) === undefined ? undefined : await run();
}

function carryOut(folder: string, { moved, texts, removed }: Draft): void {
  const moves = [...moved].map(([from, to]) => [to, readFileSync(join(folder, from))] as const);
  for (const path of [...moved.keys(), ...removed]) {
    rmSync(join(folder, path));
  }
  for (const [path, content] of [...moves, ...texts]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

async function runSuite(
  suite: Suite,
  copy: WorkspaceCopy,
  folder: string,
  root: string,
): Promise<readonly (readonly [path: string, FileReport])[]> {
  const run = await runVitest(
    { root: copy.root, flags: [], project: suite, filters: [`${folder}/`] },
    { TESTKIT_WORKSPACE: root },
  );
  const red = Object.entries(run.files).filter(([, { passed }]) => !passed);
  if (red.length === 0 && run.errors.length > 0) {
    throw new Failure(
      EXIT.failed,
      `${folder} is left as it was: its ${suite} suite fails, and none of its files is to blame: ${run.errors.join('\n')}`,
      'Mend what the tests leave running, then run the command again.',
    );
  }
  return red.map(([path, { failures, ...file }]) => {
    const told = failures.map((failure) => failure.replaceAll(`${copy.root}/`, ''));
    return [path.slice(folder.length + 1), { ...file, failures: told }];
  });
}
