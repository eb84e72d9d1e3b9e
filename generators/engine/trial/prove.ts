import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyWorkspace } from '../copy/copy-workspace.ts';
import { EXIT, Failure } from '../failure.ts';
import type { Desk } from '../generator.ts';
import { isChange, type Planned } from '../plan/planned.ts';
import { firstRed, type Proof, stepsOf } from './steps.ts';

/** A package that changes. */
export interface ChangingPackage {
  /** Relative to the workspace. */
  readonly folder: string;
  /** Where it is going to be. */
  readonly to: string;
}

/**
 * Tries in a copy of the workspace whether packages stay green: lint, types and unit tests, and integration tests if asked
 * for. What was red before may stay so. A package with conflicts is not done yet, and one whose libraries are not installed
 * cannot be tried; both are told of.
 * @returns notes on what was not tried.
 * @throws {Failure} that names the package and the check that turned red, with what it says.
 */
export async function prove(
  packages: readonly ChangingPackage[],
  planned: readonly Planned[],
  isConflicting: (folder: string) => boolean,
  proof: Proof,
  root: string,
  { scratch, progress }: Pick<Desk, 'scratch' | 'progress'>,
): Promise<readonly string[]> {
  if (proof === 'none' || packages.length === 0) {
    return [];
  }
  const steps = stepsOf(proof);
  const copied = packages.map(({ folder }) => ({ folder, name: nameIn(root, folder) }));
  const notes: string[] = [];
  const after = copyWorkspace(root, copied, scratch);
  try {
    carryOut(after.root, planned, packages);
    const tried = packages.filter(({ to }) => {
      const missing = isConflicting(to) ? [] : missingLibraries(after.root, to);
      if (isConflicting(to)) {
        notes.push(`${to} was not tried in a copy, since it has conflicts.`);
      } else if (missing.length > 0) {
        const are = missing.length === 1 ? 'is' : 'are';
        notes.push(`${to} was not tried in a copy, since ${missing.join(', ')} ${are} not installed yet.`);
      }
      return !isConflicting(to) && missing.length === 0;
    });
    const places = tried.map(({ to }) => to);
    const all = await progress.during(`Trying in a copy whether ${named(places)} green`, () =>
      firstRed(after.root, places, steps, root),
    );
    for (const each of all === undefined ? [] : tried) {
      await refuseNewRed(each, { root, after: after.root, steps, scratch });
    }
  } finally {
    after.remove();
  }
  return notes;
}

function named(places: readonly string[]): string {
  return places.length === 1 ? `${places[0]} stays` : `${places.length} packages stay`;
}

/** @throws {Failure} where a check of a package turned red. */
async function refuseNewRed(
  { folder, to }: ChangingPackage,
  { root, after, steps, scratch }: { root: string; after: string; steps: ReturnType<typeof stepsOf>; scratch: string },
): Promise<void> {
  for (const step of steps) {
    const red = await firstRed(after, [to], [step], root);
    if (red === undefined) {
      continue;
    }
    const before = copyWorkspace(root, [{ folder, name: nameIn(root, folder) }], scratch);
    try {
      if ((await firstRed(before.root, [folder], [step], root)) !== undefined) {
        continue;
      }
    } finally {
      before.remove();
    }
    throw new Failure(
      EXIT.failed,
      `Nothing was written, because ${step.name} of ${to} is green now and would turn red:\n${red.said}`,
      'Change what it names so that it fits both, or write it all the same by --prove none and mend it then.',
    );
  }
}

function nameIn(root: string, folder: string): string | undefined {
  return manifestOf(join(root, folder))?.name;
}

interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

function missingLibraries(copy: string, folder: string): readonly string[] {
  const { name, dependencies, devDependencies } = manifestOf(join(copy, folder)) ?? {};
  return Object.keys({ ...dependencies, ...devDependencies }).filter((library) => {
    const places = [join(copy, folder), copy].map((each) => join(each, 'node_modules', library));
    return library !== name && !places.some((place) => existsSync(place));
  });
}

/** Writes what was planned into a copy, as far as it is about packages that were copied. */
function carryOut(copy: string, planned: readonly Planned[], packages: readonly ChangingPackage[]): void {
  const isCopied = (path: string) =>
    packages.some(({ folder, to }) => [folder, to].some((each) => path.startsWith(`${each}/`)));
  const changes = planned.filter((each) => isChange(each) && isCopied(each.path));
  for (const { path, from, fate } of changes) {
    if (fate === 'remove' || from !== undefined) {
      rmSync(join(copy, from ?? path), { force: true });
    }
  }
  for (const { path, after, fate } of changes) {
    if (fate !== 'remove' && after !== undefined) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), after);
    }
  }
}
