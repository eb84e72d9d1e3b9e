import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { DescribedDocument } from './description.ts';
import { DocumentError } from './document-error.ts';
import { segmentsOf } from './pointer.ts';
import type { Schema } from './schema.ts';
import { type UnknownField, unknownFields } from './unknown-fields.ts';

/** Checks values by the definitions of a bundle. */
export class Validation {
  readonly #described: DescribedDocument;
  readonly #ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    inlineRefs: false,
    verbose: true,
    multipleOfPrecision: 9,
    validateSchema: false,
  });
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @throws {DocumentError} that names the place of an invalid schema. */
  constructor(described: DescribedDocument) {
    this.#described = described;
    addFormats.default(this.#ajv);
    for (const [name, schema] of Object.entries(described.description.$defs)) {
      this.#refuse(name, schema);
    }
    this.#ajv.addSchema({ $id: 'document', $defs: described.description.$defs });
  }

  #refuse(definition: string, schema: Schema): void {
    if (this.#ajv.validateSchema(schema)) {
      return;
    }
    const { document, bundle } = this.#described;
    const { instancePath = '', message } = this.#ajv.errors?.[0] ?? {};
    const at = [...(bundle.places.get(definition) ?? []), ...(segmentsOf(`#${instancePath}`) ?? [])];
    throw new DocumentError(`${document.place(at)}: this is not as JSON Schema has it: ${message}`);
  }

  /** The schema of a definition, with all that it needs. */
  schemaOf(definition: string): Schema {
    return { $ref: `#/$defs/${definition}`, $defs: this.#described.description.$defs };
  }

  /** The fields of a value that its definition does not name. */
  unknownIn(definition: string, value: unknown): readonly UnknownField[] {
    const { $defs } = this.#described.description;
    return unknownFields(value, [$defs[definition]], $defs);
  }

  /**
   * The problems of a value: where in the value, what, and where the document says so.
   * @param name what the value is, for the sentences.
   */
  problemsOf(definition: string, value: unknown, name: string): readonly string[] {
    const check = this.#compiled.get(definition) ?? this.#ajv.compile({ $ref: `document#/$defs/${definition}` });
    this.#compiled.set(definition, check);
    const { document, bundle } = this.#described;
    if (check(value)) {
      return this.unknownIn(definition, value).map(({ at, schema }) => {
        const place = document.place(bundle.placeOf(schema, 'properties', definition));
        return `${[name, ...at].join('/')} is a field that the document does not have (${place})`;
      });
    }
    return (check.errors ?? []).map(({ instancePath, message, params, parentSchema, keyword }) => {
      const detail = Object.values(params)
        .flat()
        .filter((each) => typeof each === 'string' || typeof each === 'number');
      const said = detail.length > 0 ? ` [${detail.join(', ')}]` : '';
      return `${name}${instancePath} ${message}${said} (${document.place(bundle.placeOf(parentSchema, keyword, definition))})`;
    });
  }
}
