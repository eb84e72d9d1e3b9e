import type { Spellings } from '../engine/answers/names.ts';
import type { Variable } from './variable.ts';

/**
 * What a service can have: a database, a cache, a broker or an upstream. All that `service` composes and `fixture` and
 * `stub` add is read here.
 */
export interface Capability {
  /** As messages name it. */
  readonly title: string;
  /** The key of the need: the fixture's name, and in `DATABASE_URL`. A package has one need of a key. */
  readonly key: Spellings;
  /** The function of the testkit that declares the need. */
  readonly need: string;
  /** The text between the parentheses of that function. */
  readonly needs: string;
  /** Its key in images.json. */
  readonly image: string;
  /** The checks of values that its variables use. */
  readonly checks: readonly Check[];
  /** Its own variables; the URL is the first. */
  readonly variables: readonly [Variable, ...Variable[]];
  /** The variables that all of its sort share. */
  readonly sharedVariables?: readonly Variable[];
  /** What a service has of it beside its own: the variables that only go with a database. */
  readonly variablesWithDatabase?: readonly Variable[];
  /** What production code speaks to it with. */
  readonly libraries: readonly string[];
  /** What only the compiler reads of these. */
  readonly types: readonly string[];
  /** What its layers use besides. */
  readonly layerLibraries?: readonly string[];
  /** The layer of templates/service/ that brings it to the package's schema. */
  readonly migrateLayer?: string;
  /** Its layers of templates/service/. */
  layers(chosen: Chosen): readonly string[];
}

/** A function or a constant of src/config.ts that checks values. */
export interface Check {
  readonly name: string;
  readonly code: string;
}

/** What a service was chosen to have, as far as layers depend on it. */
export interface Chosen {
  /** Its name, or 'none'. */
  readonly database: string;
  readonly cache: boolean;
  readonly hasUpstreams: boolean;
}

/** The check of a URL's protocol, of which the others make use. */
export const urlCheck: Check = {
  name: 'url',
  code: `const url = (...protocols: string[]) =>
  z
    .string('is missing')
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), \`is not a URL of \${protocols.join(' or ')}\`);`,
};
