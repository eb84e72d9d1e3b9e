import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { TestCase, TestModule } from 'vitest/node';
import { type Evidence, evidenceFile, type TestEvidence, type UsedServer } from './evidence.ts';
import { nearestManifest } from './nearest-manifest.ts';

/** Removes the evidence that earlier runs of these test files left: a run that is killed has none. */
export function removeEvidence(files: readonly string[], root: string): void {
  for (const manifest of new Set(files.map((each) => nearestManifest(dirname(each))))) {
    const file = evidenceOfPackage(manifest, root);
    if (file !== undefined) {
      rmSync(file, { force: true });
    }
  }
}

/** Writes the evidence of each package whose test files ran. */
export function writeEvidence(modules: readonly TestModule[], servers: readonly UsedServer[], root: string): void {
  for (const [manifest, own] of Map.groupBy(modules, ({ moduleId }) => nearestManifest(dirname(moduleId)))) {
    const file = evidenceOfPackage(manifest, root);
    if (file === undefined) {
      continue;
    }
    const tests = own.flatMap((module) => [...module.children.allTests()].map((test) => evidenceOf(test, root)));
    const evidence: Evidence = { version: 1, servers, tests };
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.new`;
    writeFileSync(draft, `${JSON.stringify(evidence, null, 1)}\n`);
    renameSync(draft, file);
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

/**
 * Where the evidence of a package belongs; undefined for one outside of the workspace.
 * @param manifest its package.json
 * @throws {Error} if the package's name would lead out of the folder for evidence.
 */
function evidenceOfPackage(manifest: string | undefined, root: string): string | undefined {
  if (manifest === undefined || !manifest.startsWith(root + sep)) {
    return undefined;
  }
  // The name of the project in Nx.
  const { name = '', nx } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  const file = join(root, evidenceFile(nx?.name ?? name));
  if (!file.startsWith(join(root, dirname(evidenceFile('')), sep))) {
    throw new Error(`${manifest} has a name by which the evidence of its tests would be written to ${file}.`);
  }
  return file;
}

interface Manifest {
  readonly name?: string;
  readonly nx?: { readonly name?: string };
}
