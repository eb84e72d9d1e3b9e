import type { Parsed } from './parse-document.ts';
import { type Fields, isFields, pointerOf, segmentsOf, valueAt } from './pointer.ts';

/** A place in a document that was reached, through references or not. */
export interface Located {
  readonly value: Fields;
  readonly at: readonly string[];
}

/** A document of OpenAPI that is what it should be. */
export class OpenApiDocument {
  readonly source: string;
  readonly root: Fields;
  readonly version: '3.0' | '3.1';
  readonly #parsed: Parsed;

  constructor(source: string, parsed: Parsed, version: '3.0' | '3.1') {
    this.source = source;
    this.root = parsed.value as Fields;
    this.version = version;
    this.#parsed = parsed;
  }

  /** A place for messages, with its line: `openapi.yaml:12 #/paths/~1pets`. */
  place(at: readonly string[]): string {
    return `${this.source}:${this.#parsed.lineOf(at)} ${pointerOf(at)}`;
  }

  /** The object at a place, references followed; undefined where there is none. */
  find(at: readonly string[]): Located | undefined {
    const value = valueAt(this.root, at);
    if (!isFields(value)) {
      return undefined;
    }
    const target = typeof value.$ref === 'string' ? segmentsOf(value.$ref) : undefined;
    return target === undefined ? { value, at } : this.find(target);
  }
}
