import type { Capability } from '../capabilities/capability.ts';
import type { Edit } from '../engine/generator.ts';
import { type Configured, editConfig, editConfigTest } from './config.ts';
import { addNote, editReadme } from './readme.ts';
import { editFixtures } from './suite.ts';
import { editsOf, type TargetPackage } from './target-package.ts';

/**
 * The edits by which a service is configured for a capability, in production and in its tests, and says so in its README.
 * @param note a paragraph for the README. Default: none.
 */
export function configuringEdits(
  target: TargetPackage,
  { key, checks }: Pick<Capability, 'key' | 'checks'>,
  variables: Configured['variables'],
  note = '',
): readonly Edit[] {
  const edit = editsOf(target);
  const configured = { checks, variables };
  // Owners may do without these.
  const optional: readonly (readonly [string, (path: string, text: string) => string])[] = [
    ['src/config.test.ts', (path, text) => editConfigTest(path, text, configured)],
    ['README.md', (_, text) => editReadme(note === '' ? text : addNote(text, note), variables)],
  ];
  return [
    edit('integration/fixtures.ts', (path, text) => editFixtures(path, text, key, variables)),
    edit('src/config.ts', (path, text) => editConfig(path, text, configured)),
    ...optional.filter(([path]) => target.had(path)).map(([path, apply]) => edit(path, apply)),
  ];
}
