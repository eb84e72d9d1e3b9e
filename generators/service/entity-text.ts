import { pluralOf, type Spellings, spell } from '../engine/answers/names.ts';

type Words = Spellings & { readonly words: string };

/** The entity that a service is about, for the placeholders of templates/service/. */
export interface EntityText {
  readonly entity: Words;
  /** Its plural. */
  readonly entities: Words;
}

/** The answer that makes a service without a sample. */
export const NO_ENTITY = 'none';

/**
 * @param answer the entity in the singular, in kebab-case, or `none`.
 * @returns undefined for none.
 */
export function entityText(answer: string): EntityText | undefined {
  return answer === NO_ENTITY ? undefined : { entity: inWords(answer), entities: inWords(pluralOf(answer)) };
}

function inWords(name: string): Words {
  return { ...spell(name), words: name.replaceAll('-', ' ') };
}
