import { pluralOf, type Spellings, spell } from '../engine/answers/names.ts';

type Words = Spellings & { readonly words: string };

/** The entity that a service is about, for the placeholders of templates/service/. */
export interface EntityText {
  readonly entity: Words;
  /** Its plural. */
  readonly entities: Words;
}

/** @param name in the singular, in kebab-case. */
export function entityText(name: string): EntityText {
  return { entity: inWords(name), entities: inWords(pluralOf(name)) };
}

function inWords(name: string): Words {
  return { ...spell(name), words: name.replaceAll('-', ' ') };
}
