import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { TestCase, TestModule } from 'vitest/node';
import { type Evidence, evidenceFile, type TestEvidence, type UsedServer } from './evidence.ts';

/** Removes the evidence that earlier runs of these test files left: a run that is killed has none. */
export function removeEvidence(files: readonly string[], root: string): void {
  for (const folder of new Set(files.map((file) => packageFolder(file, root)))) {
    rmSync(join(folder, evidenceFile), { force: true });
  }
}

/** Writes the evidence of each package whose test files ran. */
export function writeEvidence(modules: readonly TestModule[], servers: readonly UsedServer[], root: string): void {
  for (const [folder, own] of Map.groupBy(modules, ({ moduleId }) => packageFolder(moduleId, root))) {
    const tests = own.flatMap((module) => [...module.children.allTests()].map((test) => evidenceOf(test, root)));
    const evidence: Evidence = { version: 1, servers, tests };
    const file = join(folder, evidenceFile);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(evidence, null, 1)}\n`);
    renameSync(`${file}.new`, file);
  }
}

function evidenceOf(test: TestCase, root: string): TestEvidence {
  return {
    file: relative(root, test.module.moduleId).replaceAll(sep, '/'),
    name: test.fullName,
    state: test.result().state,
    durationMs: test.diagnostic()?.duration ?? null,
    fixtures: test.meta().fixtures ?? {},
  };
}

/** The folder of the package that a file is in: that of the nearest package.json. */
function packageFolder(file: string, root: string): string {
  let folder = dirname(file);
  while (folder.startsWith(root + sep) && !existsSync(join(folder, 'package.json'))) {
    folder = dirname(folder);
  }
  return folder;
}
