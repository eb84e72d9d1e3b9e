import { checkEntityName, pluralOf, singularOf } from '../engine/answers/names.ts';
import { NO_ENTITY } from './entity-text.ts';

/** Words that the template's own code uses for something else, so that the answer would be refused. */
export const TAKEN: ReadonlySet<string> = new Set(
  (
    'amount answer async attribute before body broker bury cache cause config database deep deliver discount each ' +
    'factor find from id insert key kysely logging main message migrate name option outbox price problem publish ' +
    'query quoted read readonly record refusal reply repository request rounded row schema second server service ' +
    'sql transaction type unknown z'
  ).split(' '),
);

/** The shortest word of which the singular is taken: `s` ends others, as in fs, os, js. */
const SHORTEST_SINGULAR = 3;

/**
 * What a service is about, as its name tells: `order` for `orders` and `order-service`, `news-item` for `news`.
 * @param service its name, in kebab-case.
 */
export function defaultEntity(service: string): string {
  const entity = singularOrSame(service.replace(/-(service|api)$/, ''));
  return [entity, `${entity}-item`].find(isFree) ?? 'item';
}

function isFree(entity: string): boolean {
  return entity !== NO_ENTITY && !TAKEN.has(entity) && checkEntityName(entity) === undefined;
}

function singularOrSame(name: string): string {
  const singular = singularOf(name);
  const length = singular.length - singular.lastIndexOf('-') - 1;
  return length >= SHORTEST_SINGULAR && pluralOf(singular) === name ? singular : name;
}
