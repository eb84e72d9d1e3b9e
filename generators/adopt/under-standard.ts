import { ADOPTION_FILE } from '@splitlevel/guards/left-tests';
import { parse } from 'jsonc-parser';
import type { Suite } from './classify.ts';
import type { AdoptedPackage } from './read-package.ts';
import { isDropped } from './settings/configuration-files.ts';
import { targetsOf } from './settings/manifest.ts';

const PLACES: Readonly<Record<Suite, RegExp>> = {
  unit: /^src\/.*\.test\.ts$/,
  integration: /^integration\/.*\.test\.ts$/,
};

/**
 * Whether a package is under the standard, as far as can be told without running its tests: these lie where a suite
 * finds them, the targets are wired, and nothing of its own configures them.
 * @param tsconfig the text of its tsconfig.json; undefined where it has none.
 */
export function isUnderStandard({ files, named, manifest }: AdoptedPackage, tsconfig: string | undefined): boolean {
  const suites = (['unit', 'integration'] as const).filter((suite) => named.some((path) => PLACES[suite].test(path)));
  const { extends: base } = (parse(tsconfig ?? '{}') ?? {}) as { extends?: string | readonly string[] };
  return (
    suites.length > 0 &&
    !files.has(ADOPTION_FILE) &&
    named.every((path) => suites.some((suite) => PLACES[suite].test(path))) &&
    targetsOf(suites).every((target) => JSON.stringify(manifest.nx?.targets?.[target]) === '{}') &&
    [base].flat().at(-1) === '../../tsconfig.json' &&
    ![...files].some((path) => isDropped(path)) &&
    ![manifest.dependencies, manifest.devDependencies].some((each) => each?.vitest !== undefined)
  );
}
