import type { Spellings } from '../engine/answers/names.ts';
import type { FieldText } from './field-text.ts';

/** The entity as edits and templates name it. */
export interface EntityText {
  readonly entity: Spellings & { readonly words: string };
  /** The plural of the entity. */
  readonly entities: Spellings & { readonly words: string };
  readonly fields: readonly FieldText[];
  /** The type of an id in Kysely's schema. */
  readonly idType: string;
}
