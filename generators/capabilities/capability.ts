import type { Spellings } from '../engine/answers/names.ts';
import type { Import } from '../engine/edit/imports.ts';
import type { EntityText } from '../service/entity-text.ts';
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
  /** The variables that a service has only together with a database. */
  readonly variablesWithDatabase?: readonly Variable[];
  /** The libraries by which production code speaks to it. */
  readonly libraries: readonly string[];
  /** The types of these libraries, for the compiler. */
  readonly types: readonly string[];
  /** Other libraries that its layers use. */
  readonly layerLibraries?: readonly string[];
  /** The layer of templates/service/ that brings it to the package's schema. */
  readonly migrateLayer?: string;
  /** Its layers of templates/service/. */
  layers(chosen: Chosen): readonly string[];
  /** What routes work with of it. */
  parts(chosen: Chosen, entity: EntityText | undefined): readonly Part[];
  /** What src/service.ts imports for it. */
  imports(chosen: Chosen, entity: EntityText | undefined): readonly Import[];
  /** The errors of it that callers are told of. */
  readonly told: readonly ToldError[];
}

/** An error that callers are told of, as src/problem.ts has it. */
export interface ToldError {
  /** Whether `error` is one. */
  readonly condition: string;
  /** What callers are told. */
  readonly problem: string;
  /** Its class, if src/errors.ts has it. */
  readonly name?: string;
  /** What the condition and the problem take from other modules. */
  readonly imports?: readonly Import[];
}

/** A part of a service: made in src/service.ts, declared in src/parts.ts, and handed to every route. */
export interface Part {
  readonly name: string;
  readonly type: string;
  /** The module that has the type. */
  readonly from: string;
  /** The member of the object `parts` in src/service.ts. */
  readonly member: string;
}

/** A route of a service. */
export interface Route {
  /** The function that adds it to the server. */
  readonly name: string;
  /** The module that has the function, as src/routes/routes.ts imports it. */
  readonly from: string;
  /** Its row of the README. */
  readonly row: string;
}

/** A function or a constant of src/config.ts that checks values. */
export interface Check {
  readonly name: string;
  readonly code: string;
}

/** The chosen capabilities of a service, as far as layers depend on them. */
export interface Chosen {
  /** Its name, or 'none'. */
  readonly database: string;
  readonly cache: boolean;
  readonly hasUpstreams: boolean;
  /** Whether it has the sample, which is about an entity. */
  readonly hasEntity: boolean;
}

/** The error of something that is out of order for a while. */
export const unavailable = toldByMessage('UnavailableError', 503);

/** An error of src/errors.ts whose message was written for callers. */
export function toldByMessage(name: string, status: number): ToldError {
  return { name, condition: `error instanceof ${name}`, problem: `problem(${status}, error.message)` };
}

/** The check of a URL's protocol, of which the others make use. */
export const urlCheck: Check = {
  name: 'url',
  code: `const url = (...protocols: string[]) =>
  z
    .string('is missing')
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), \`is not a URL of \${protocols.join(' or ')}\`);`,
};
