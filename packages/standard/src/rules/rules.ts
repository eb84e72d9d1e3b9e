import type { Finding, Rule } from '../finding.ts';
import type { Repository } from '../repository.ts';
import { caching } from './caching.ts';
import { ci } from './ci.ts';
import { config } from './config.ts';
import { declared } from './declared.ts';
import { fixtures } from './fixtures.ts';
import { images } from './images.ts';
import { mocks } from './mocks.ts';
import { places } from './places.ts';
import { pure } from './pure.ts';
import { refused } from './refused.ts';
import { servers } from './servers.ts';
import { skipped } from './skipped.ts';
import { targets } from './targets.ts';
import { versions } from './versions.ts';

/** The rules of the standard. */
export const rules: readonly Rule[] = [
  targets,
  places,
  skipped,
  pure,
  mocks,
  fixtures,
  servers,
  images,
  caching,
  declared,
  config,
  versions,
  refused,
  ci,
];

/** Every departure from the standard, package by package in the order of the rules. */
export function findingsIn(repository: Repository): readonly Finding[] {
  const found = rules.flatMap((rule) => rule.check(repository).map((finding) => ({ rule: rule.name, ...finding })));
  return repository.packages.flatMap(({ name }) => found.filter((finding) => finding.package === name));
}
