import { diskOf } from '../engine/disk.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { parseRecord, RECORD_FILE } from '../engine/record.ts';
import type { Workspace } from '../engine/workspace.ts';

/** What the model needs to know of the package to which it adds. */
export interface TargetPackage {
  /** Relative to the workspace. */
  readonly folder: string;
  /** Whether a file was there before this stub was added. */
  had(path: string): boolean;
}

/**
 * Looks at the package to which a stub is to be added.
 * @throws Failure (conflict) when it is no service, or has an upstream of this name from elsewhere.
 */
export function readPackage(name: string, upstream: string, { root, projects }: Workspace): TargetPackage {
  const folder = projects.get(name) ?? `packages/${name}`;
  const disk = diskOf(root);
  const record = parseRecord(disk.read(`${folder}/${RECORD_FILE}`)?.toString('utf8') ?? '');
  const { additions = [] } = record ?? {};
  const own = additions.find(({ generator, answers }) => generator === 'stub' && answers.name === upstream);
  const earlier = [record, ...additions.slice(0, own && additions.indexOf(own))];
  // What an upstream has in common with earlier ones stands in its own record too.
  const had = (path: string) =>
    disk.exists(`${folder}/${path}`) &&
    (own?.files[path] === undefined || earlier.some((run) => run?.files[path] !== undefined));
  if (!disk.exists(`${folder}/src/config.ts`) || !disk.exists(`${folder}/integration/needs.ts`)) {
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
  return { folder, had };
}
