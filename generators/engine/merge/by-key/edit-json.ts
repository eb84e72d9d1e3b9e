import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import { commaAfter, indentationAt, insertMember, printValue } from '../../edit/json-insert.ts';
import { layoutOf } from '../../edit/layout.ts';

/** A change of a JSON text. */
export type JsonEdit =
  | { readonly kind: 'set'; readonly at: JSONPath; readonly value: unknown }
  | { readonly kind: 'remove'; readonly at: JSONPath }
  /** A member more, of the object or the array at a place. */
  | {
      readonly kind: 'add';
      readonly at: JSONPath;
      /** Undefined: an item of an array. */
      readonly key: string | undefined;
      readonly value: unknown;
      /** The keys, or the items, of the one that it comes from. */
      readonly order: readonly unknown[];
    }
  /** An item less. */
  | { readonly kind: 'drop'; readonly at: JSONPath; readonly item: unknown };

/** The text with edits applied in their order. What they do not concern keeps its layout and its comments. */
export function editJson(text: string, edits: readonly JsonEdit[]): string {
  return edits.reduce(applyEdit, text);
}

function applyEdit(text: string, edit: JsonEdit): string {
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, edit.at);
  if (node === undefined) {
    return text;
  }
  switch (edit.kind) {
    case 'set': {
      const value = printValue(edit.value, indentationAt(text, node.offset), layoutOf(text));
      return text.slice(0, node.offset) + value + text.slice(node.offset + node.length);
    }
    case 'add': {
      const index = placeAmong(membersOf(node), edit.order, edit.key ?? edit.value);
      return insertMember(text, node, index, edit.key, edit.value, layoutOf(text));
    }
    case 'drop':
      return removeMember(text, node, membersOf(node).indexOf(edit.item));
    case 'remove': {
      const container = node.parent?.parent;
      return container === undefined ? text : removeMember(text, container, childrenOf(container).indexOf(node.parent));
    }
  }
}

/** The keys of an object, or the items of an array. */
function membersOf(node: Node): readonly unknown[] {
  return childrenOf(node).map((child) => (node.type === 'object' ? child?.children?.[0]?.value : child?.value));
}

function childrenOf(node: Node): readonly (Node | undefined)[] {
  return node.children ?? [];
}

/** By the alphabet where both lists have it; else behind the one that it follows in its own list, or before the next. */
function placeAmong(members: readonly unknown[], order: readonly unknown[], added: unknown): number {
  if (members.length > 1 && isSorted(members) && isSorted(order)) {
    return members.filter((each) => String(each) < String(added)).length;
  }
  const place = order.indexOf(added);
  const before = order.slice(0, place).findLast((each) => members.includes(each));
  const after = order.slice(place + 1).find((each) => members.includes(each));
  if (before !== undefined) {
    return members.indexOf(before) + 1;
  }
  return after === undefined ? members.length : members.indexOf(after);
}

function isSorted(members: readonly unknown[]): boolean {
  return members.every((each, index) => index === 0 || String(members[index - 1]) <= String(each));
}

/** Without a member, its comma, and the line that would be left empty. Comments stay. */
function removeMember(text: string, container: Node, index: number): string {
  const members = container.children ?? [];
  const [previous, member, next] = [members[index - 1], members[index], members[index + 1]];
  if (member === undefined) {
    return text;
  }
  const end = member.offset + member.length;
  const comma = commaAfter(text, end);
  const cut = withoutBlank(text, member.offset, comma ?? end, next !== undefined);
  if (comma !== undefined || previous === undefined) {
    return cut;
  }
  const before = commaAfter(text, previous.offset + previous.length);
  return before === undefined ? cut : cut.slice(0, before - 1) + cut.slice(before);
}

/** Cuts a part out, with the line in which nothing else stands, or with the space beside it. */
function withoutBlank(text: string, start: number, end: number, hasNext: boolean): string {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const isFirst = /(?:^|\n)[ \t]*$/.test(before);
  if (isFirst && /^[ \t]*\r?\n/.test(after)) {
    return before.replace(/[ \t]*$/, '') + after.replace(/^[ \t]*\r?\n/, '');
  }
  return hasNext || isFirst ? before + after.replace(/^[ \t]+/, '') : before.replace(/[ \t]+$/, '') + after;
}
