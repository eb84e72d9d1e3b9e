import type { DescribedDocument, Validation } from '@splitlevel/openapi';
import { isFields, valueAt } from '@splitlevel/openapi';
import { generateSync } from 'json-schema-faker';
import sampler from 'openapi-sampler';

/** Random samples that are tried where nothing else fits. The seeds make the same samples each time. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The use of a sample, which says which parts of a schema it leaves out. */
type Use = { readonly skipReadOnly: true } | { readonly skipWriteOnly: true };

/** Makes values that fit the schemas of a document: its own examples where they do, else made ones. */
export class Samples {
  readonly #described: DescribedDocument;
  readonly #validation: Validation;

  constructor(described: DescribedDocument, validation: Validation) {
    this.#described = described;
    this.#validation = validation;
  }

  /**
   * A value for a definition, or undefined when none was found that fits.
   * @param at the place in the document that the definition's schema has.
   * @param isUsable what the value must be beside fitting.
   */
  of(
    definition: string,
    at: readonly string[],
    use: Use,
    isUsable: (value: unknown) => boolean = () => true,
  ): { readonly value: unknown } | undefined {
    for (const make of this.#makers(definition, at, use)) {
      const value = this.#withoutUnknown(definition, attempt(make));
      const fits = value !== undefined && isUsable(value) && isPlain(value);
      if (fits && this.#validation.problemsOf(definition, value, '').length === 0) {
        return { value };
      }
    }
    return undefined;
  }

  /** The examples of the content or the parameter whose schema is at a place. */
  examplesAt(at: readonly string[]): readonly unknown[] {
    const { document } = this.#described;
    const owner = valueAt(document.root, at.slice(0, -1));
    if (!isFields(owner)) {
      return [];
    }
    const { example, examples } = owner;
    const named = Object.keys(isFields(examples) ? examples : {}).map((name) => {
      return document.find([...at.slice(0, -1), 'examples', name])?.value.value;
    });
    return [example, ...named].filter((each) => each !== undefined);
  }

  /** Examples tend to have fields that the schema has not, or has for the other direction. */
  #withoutUnknown(definition: string, value: unknown): unknown {
    const known = structuredClone(value);
    for (const { at } of this.#validation.unknownIn(definition, value)) {
      const owner = valueAt(known, at.slice(0, -1)) as Record<string, unknown>;
      delete owner[at.at(-1) ?? ''];
    }
    return known;
  }

  *#makers(definition: string, at: readonly string[], use: Use): Generator<() => unknown> {
    for (const example of this.examplesAt(at)) {
      yield () => example;
    }
    const { root } = this.#described.document;
    yield () => sampler.sample(valueAt(root, at) as object, { quiet: true, ...use }, root);
    for (const seed of SEEDS) {
      const optionalsProbability = seed % 2;
      yield () => {
        return generateSync(this.#validation.schemaOf(definition), {
          seed,
          optionalsProbability,
          maxDepth: 8,
        });
      };
    }
  }
}

/** Libraries throw, or warn on the console, for schemas that nothing fits: the next way is tried then. */
function attempt(make: () => unknown): unknown {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return make();
  } catch {
    return undefined;
  } finally {
    console.warn = warn;
  }
}

/** Whether JSON brings a value back as it is. */
function isPlain(value: unknown): boolean {
  const text = JSON.stringify(value);
  return (text?.isWellFormed() ?? false) && text.length < 100_000;
}
