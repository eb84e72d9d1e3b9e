import { readTarget, type TargetPackage } from '../additions/target-package.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import type { Workspace } from '../engine/workspace.ts';

/**
 * Looks at the package to which a stub is to be added.
 * @throws Failure (conflict) when it is no service, or has an upstream of this name from elsewhere.
 */
export function readPackage(name: string, upstream: string, workspace: Workspace): TargetPackage {
  const target = readTarget(name, { generator: 'stub', by: 'name', answer: upstream }, workspace);
  const { folder, had } = target;
  if (!had('src/config.ts') || !had('integration/needs.ts')) {
    throw new Failure(
      EXIT.conflict,
      `${folder} is no service: an upstream is entered in src/config.ts and integration/needs.ts, and it does not have both`,
      'Give a package that npx plop service made.',
    );
  }
  const client = `src/upstreams/${upstream}.ts`;
  if (had(client)) {
    throw new Failure(
      EXIT.conflict,
      `${folder} has an upstream ${upstream} already: ${client}`,
      'Choose another name, or add to that one by hand.',
    );
  }
  return target;
}
