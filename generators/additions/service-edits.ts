import type { Capability } from '../capabilities/capability.ts';
import type { Edit } from '../engine/generator.ts';
import { type Configured, editConfig, editConfigTest } from './config.ts';
import { addNote, addRoutes, editReadme } from './readme.ts';
import { editFixtures } from './suite.ts';
import { editsOf, type TargetPackage } from './target-package.ts';

/** The sections of a README beside its variables. */
interface Told {
  /** A paragraph. */
  readonly note?: string;
  /** Rows of the table of routes. */
  readonly routes?: readonly string[] | undefined;
}

/**
 * The edits by which a service is configured for a capability, in production and in its tests, and says so in its README.
 * @param told what the README says besides.
 */
export function configuringEdits(
  target: TargetPackage,
  { key, checks }: Pick<Capability, 'key' | 'checks'>,
  variables: Configured['variables'],
  told: Told = {},
): readonly Edit[] {
  const edit = editsOf(target);
  const configured = { checks, variables };
  // Owners may do without these.
  const optional: readonly (readonly [string, (path: string, text: string) => string])[] = [
    ['src/config.test.ts', (path, text) => editConfigTest(path, text, configured)],
    ['README.md', (_, text) => tell(text, told, variables)],
  ];
  return [
    edit('integration/fixtures.ts', (path, text) => editFixtures(path, text, key, variables)),
    edit('src/config.ts', (path, text) => editConfig(path, text, configured)),
    ...optional.filter(([path]) => target.had(path)).map(([path, apply]) => edit(path, apply)),
  ];
}

function tell(text: string, { note, routes = [] }: Told, variables: Configured['variables']): string {
  return editReadme(addRoutes(note === undefined ? text : addNote(text, note), routes), variables);
}
