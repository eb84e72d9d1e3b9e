import { findNodeAtLocation, getNodeValue, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import { insertMember } from './json-insert.ts';
import { layoutOf } from './layout.ts';
import { missingStructure, takenPlace } from './missing-structure.ts';

/** A JSON file that is edited as a structure: what is not touched keeps its layout and its comments. */
export class JsonFile {
  readonly #path: string;
  #text: string;

  /** @param path relative to the workspace, for messages. */
  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /**
   * Adds an entry to an object, in the order of the keys; the object is made where it is missing.
   * @throws {Failure} (conflict) when the entry has another value, or its place is not an object.
   */
  addEntry(at: JSONPath, key: string, value: unknown): void {
    const lines = JSON.stringify({ [key]: value });
    const object = this.#find(at, 'object', lines);
    const known = object && findNodeAtLocation(object, [key]);
    if (known !== undefined) {
      if (JSON.stringify(getNodeValue(known)) !== JSON.stringify(value)) {
        throw takenPlace(this.#path, `${[...at, key].join('.')}`, JSON.stringify(getNodeValue(known)), lines);
      }
      return;
    }
    if (object === undefined) {
      this.#insertBelow(at, { [key]: value });
    } else {
      const before = (object.children ?? []).filter(({ children }) => String(children?.[0]?.value) < key);
      this.#insert(object, before.length, key, value);
    }
  }

  /**
   * Adds an item to an array, at its end.
   * @throws {Failure} (conflict) when there is no array.
   */
  addItem(at: JSONPath, item: unknown): void {
    const array = this.#find(at, 'array', JSON.stringify(item));
    if (array === undefined) {
      throw missingStructure(this.#path, `array ${at.join('.')}`, JSON.stringify(item));
    }
    const items = getNodeValue(array) as readonly unknown[];
    if (!items.some((each) => JSON.stringify(each) === JSON.stringify(item))) {
      this.#insert(array, items.length, undefined, item);
    }
  }

  /** The value at a place, or undefined. */
  valueAt(at: JSONPath): unknown {
    const tree = parseTree(this.#text);
    const node = tree && findNodeAtLocation(tree, at);
    return node === undefined ? undefined : getNodeValue(node);
  }

  #find(at: JSONPath, type: 'object' | 'array', lines: string): Node | undefined {
    const tree = parseTree(this.#text);
    if (tree?.type !== 'object') {
      throw missingStructure(this.#path, 'JSON object', lines);
    }
    const node = findNodeAtLocation(tree, at);
    if (node !== undefined && node.type !== type) {
      throw missingStructure(this.#path, `${type} ${at.join('.')}`, lines);
    }
    return node;
  }

  /** Adds an object, and those around it that are missing too. */
  #insertBelow(at: JSONPath, value: unknown): void {
    const tree = parseTree(this.#text);
    const last = at.findLastIndex((_, index) => tree && findNodeAtLocation(tree, at.slice(0, index)) !== undefined);
    const parent = tree && findNodeAtLocation(tree, at.slice(0, last));
    if (parent?.type !== 'object') {
      throw missingStructure(this.#path, `object ${at.slice(0, last).join('.')}`, JSON.stringify(value));
    }
    const missing = at.slice(last + 1).reduceRight((inner, key) => ({ [key]: inner }), value);
    this.#insert(parent, parent.children?.length ?? 0, String(at[last]), missing);
  }

  #insert(container: Node, index: number, key: string | undefined, value: unknown): void {
    this.#text = insertMember(this.#text, container, index, key, value, layoutOf(this.#text));
  }
}
