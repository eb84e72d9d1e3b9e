import MagicString from 'magic-string';
import { addImport, type Import } from './imports.ts';
import { layoutOf, reindent } from './layout.ts';
import { insertMember, memberNamed } from './members.ts';
import { missingStructure, takenPlace } from './missing-structure.ts';
import type { MemberList, Place } from './places.ts';
import { parseTypeScript, type Syntax, type SyntaxNode } from './syntax.ts';

/** A place in a file with the words for it, should it not be there: `object that the variable needs is set to`. */
export interface NamedPlace {
  readonly place: Place;
  readonly words: string;
}

/**
 * A TypeScript file that is edited as a structure: entries are added at places of its syntax tree, and all other text
 * stays as it is. An entry that is there already is left alone, so that an edit can be repeated.
 */
export class TypeScriptFile {
  readonly #path: string;
  readonly #source: string;
  readonly #syntax: Syntax;
  readonly #text: MagicString;
  readonly #unit: string;

  /**
   * @param path relative to the workspace, for messages.
   * @throws {Failure} (conflict) when it is not valid TypeScript.
   */
  constructor(path: string, text: string) {
    this.#path = path;
    this.#source = text;
    this.#syntax = parseTypeScript(path, text);
    const layout = layoutOf(text);
    this.#text = new LaidOutString(text, layout.eol);
    this.#unit = layout.unit;
  }

  /** The file with what was added. */
  get text(): string {
    return this.#text.toString();
  }

  /** Whether a place is there. */
  has(place: Place): boolean {
    return place(this.#syntax.statements) !== undefined;
  }

  /** The code at a place, as it was read; undefined where the place is not there. */
  codeAt(place: Place): string | undefined {
    const node = place(this.#syntax.statements);
    return node && this.#source.slice(node.start, node.end);
  }

  /**
   * Imports a name.
   * @throws {Failure} (conflict) when the file has the name for something else.
   */
  addImport(wanted: Import): void {
    addImport(this.#path, this.#source, this.#syntax, this.#text, wanted);
  }

  /**
   * Adds a member to an object, a pattern, an interface or an array, after the others.
   * @param name by which it is known: a key, or the text of an item.
   * @param member its text, without a separator.
   * @throws {Failure} (conflict) when the place is not there, or the name is taken by something else.
   */
  addMember({ place, words }: NamedPlace, name: string, member: string): void {
    const list = place(this.#syntax.statements);
    if (!isMemberList(list)) {
      throw missingStructure(this.#path, words, member);
    }
    const known = memberNamed(list, name, this.#source);
    if (known === undefined) {
      insertMember(this.#source, this.#syntax, this.#text, list, reindent(member, this.#unit), this.#unit);
      return;
    }
    const found = this.#source.slice(known.start, known.end);
    if (plain(found) !== plain(member)) {
      throw takenPlace(this.#path, name, found, member);
    }
  }

  /** The same for a member that may be there already, set to whatever it is. */
  ensureMember(at: NamedPlace, name: string, member: string): void {
    const list = at.place(this.#syntax.statements);
    if (!isMemberList(list) || memberNamed(list, name, this.#source) === undefined) {
      this.addMember(at, name, member);
    }
  }

  /**
   * Adds statements before the one at a place, and before the comments that it has.
   * @throws {Failure} (conflict) when the place is not there.
   */
  addBefore({ place, words }: NamedPlace, statements: string): void {
    const node = this.#find(place, words, statements);
    const start = node.leadingComments?.[0]?.start ?? node.start;
    const indentation = /(?:^|\n)([ \t]*)$/.exec(this.#source.slice(0, start))?.[1] ?? '';
    const lines = reindent(statements, this.#unit).replaceAll(/\n(?=.)/g, `\n${indentation}`);
    this.#text.appendLeft(start, `${lines}\n${indentation}`);
  }

  /**
   * Adds an argument to a call, or a parameter to a function, after the others.
   * @throws {Failure} (conflict) when the place is not there.
   */
  addArgument({ place, words }: NamedPlace, text: string): void {
    const node = this.#find(place, words, text);
    const [list, from] =
      node.type === 'CallExpression'
        ? [node.arguments as SyntaxNode[], node.callee.end ?? node.start]
        : [('params' in node ? (node.params as SyntaxNode[]) : []) as SyntaxNode[], node.start];
    const last = list.at(-1);
    if (last !== undefined) {
      this.#text.appendLeft(last.end, `, ${text}`);
      return;
    }
    const opening = this.#syntax.tokens.find(
      ({ start, end }) => start >= from && this.#source.slice(start, end) === '(',
    );
    this.#text.appendLeft(opening?.end ?? node.start, text);
  }

  /**
   * Puts other code in a place.
   * @throws {Failure} (conflict) when the place is not there.
   */
  replace({ place, words }: NamedPlace, code: string): void {
    const node = this.#find(place, words, code);
    this.#text.update(node.start, node.end, code);
  }

  #find(place: Place, words: string, lines: string): SyntaxNode {
    const node = place(this.#syntax.statements);
    if (node === undefined) {
      throw missingStructure(this.#path, words, lines);
    }
    return node;
  }
}

/** The text with the line ends of the file also in the added lines. */
class LaidOutString extends MagicString {
  readonly #eol: string;

  constructor(text: string, eol: string) {
    super(text);
    this.#eol = eol;
  }

  override appendLeft(index: number, content: string): this {
    return super.appendLeft(index, content.replaceAll(/\r?\n/g, this.#eol)) as this;
  }

  override appendRight(index: number, content: string): this {
    return super.appendRight(index, content.replaceAll(/\r?\n/g, this.#eol)) as this;
  }
}

function isMemberList(node: SyntaxNode | undefined): node is MemberList {
  const lists = ['ObjectExpression', 'ObjectPattern', 'TSInterfaceBody', 'ArrayExpression'];
  return node !== undefined && lists.includes(node.type);
}

/** Without what layout may change. */
function plain(code: string): string {
  return code.replaceAll(/\s+/g, '').replace(/[,;]$/, '');
}
