import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  modify,
  type Node,
  parseTree,
} from 'jsonc-parser';
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
   * @throws Failure (conflict) when the entry has another value, or its place is no object.
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
      this.#change(at, { [key]: value }, (properties) => properties.length);
    } else {
      this.#change([...at, key], value, (properties) => properties.filter((each) => each < key).length);
    }
  }

  /**
   * Adds an item to an array, at its end.
   * @throws Failure (conflict) when there is no array.
   */
  addItem(at: JSONPath, item: unknown): void {
    const array = this.#find(at, 'array', JSON.stringify(item));
    if (array === undefined) {
      throw missingStructure(this.#path, `array ${at.join('.')}`, JSON.stringify(item));
    }
    const items = getNodeValue(array) as readonly unknown[];
    if (!items.some((each) => JSON.stringify(each) === JSON.stringify(item))) {
      this.#change([...at, items.length], item);
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

  #change(at: JSONPath, value: unknown, getInsertionIndex?: (properties: string[]) => number): void {
    const options = {
      formattingOptions: { insertSpaces: true, tabSize: 2, eol: this.#text.includes('\r\n') ? '\r\n' : '\n' },
      ...(getInsertionIndex === undefined ? { isArrayInsertion: true } : { getInsertionIndex }),
    };
    this.#text = applyEdits(this.#text, modify(this.#text, at, value, options));
  }
}
