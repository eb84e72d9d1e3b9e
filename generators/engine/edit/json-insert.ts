import { createScanner, type Node } from 'jsonc-parser';
import type { Layout } from './layout.ts';

/**
 * The text with a member more in an object or an array. Lines that are there keep their text: the new member stands on
 * a line of its own where the others do, with their indentation, and comments stay with what they are about.
 * @param index the place among the members.
 * @param key of an object's member; undefined for an item.
 */
export function insertMember(
  text: string,
  container: Node,
  index: number,
  key: string | undefined,
  value: unknown,
  layout: Layout,
): string {
  const { unit, eol } = layout;
  const members = container.children ?? [];
  const open = container.offset + 1;
  const [first] = members;
  const outer = indentationAt(text, container.offset);
  const hasLines = text.includes('\n');
  if (first === undefined) {
    const close = container.offset + container.length - 1;
    const inside = text.slice(open, close).trimEnd();
    const breaks = hasLines && (container.type === 'object' || inside !== '');
    const member = print(key, value, outer + unit, breaks ? layout : undefined);
    const lines = breaks ? `${inside}${eol}${outer}${unit}${member}${eol}${outer}` : member;
    return text.slice(0, open) + lines + text.slice(close);
  }
  const isBroken = text.slice(open, first.offset).includes('\n');
  const indentation = isBroken ? indentationAt(text, first.offset) : outer;
  const member = print(key, value, indentation, hasLines ? layout : undefined);
  const before = isBroken ? `${eol}${indentation}` : '';
  const previous = members[index - 1];
  if (previous === undefined) {
    return isBroken
      ? `${text.slice(0, open)}${before}${member},${text.slice(open)}`
      : `${text.slice(0, first.offset)}${member}, ${text.slice(first.offset)}`;
  }
  const end = previous.offset + previous.length;
  const comma = commaAfter(text, end);
  const place = isBroken ? endOfLine(text, comma ?? end) : (comma ?? end);
  const separated = comma === undefined ? `${text.slice(0, end)},${text.slice(end, place)}` : text.slice(0, place);
  return `${separated}${isBroken ? before : ' '}${member}${comma === undefined ? '' : ','}${text.slice(place)}`;
}

/** The white space before the first word of the line in which a position is. */
export function indentationAt(text: string, position: number): string {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, position))?.[0] ?? '';
}

/** Behind the comma that follows a position; undefined: none does. */
export function commaAfter(text: string, position: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(position);
  scanner.scan();
  return text[scanner.getTokenOffset()] === ',' ? scanner.getPosition() : undefined;
}

/** Where a line ends behind a position, if nothing but comments follow on it; else the position. */
function endOfLine(text: string, position: number): number {
  const rest = /^(?:[ \t]*\/\*(?:(?!\*\/)[^\r\n])*\*\/)*(?:[ \t]*\/\/[^\r\n]*)?(?=[ \t]*(?:\r?\n|$))/.exec(
    text.slice(position),
  );
  return position + (rest?.[0].length ?? 0);
}

/** A member as it stands behind an indentation; in one line where there is no layout. */
function print(key: string | undefined, value: unknown, indentation: string, layout: Layout | undefined): string {
  const name = key === undefined ? '' : `${JSON.stringify(key)}: `;
  return name + printValue(value, indentation, layout);
}

/** A value as it stands behind its key in a line with an indentation; in one line where there is no layout. */
export function printValue(value: unknown, indentation: string, layout: Layout | undefined): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const isArray = Array.isArray(value);
  const entries = Object.entries(value).map(([key, each]) => [isArray ? undefined : key, each] as const);
  const [open, close] = isArray ? '[]' : '{}';
  const isShort = layout === undefined || (isArray && entries.every(([, each]) => typeof each !== 'object'));
  if (isShort || entries.length === 0) {
    const space = isArray || entries.length === 0 ? '' : ' ';
    const members = entries.map(([key, each]) => print(key, each, indentation, undefined));
    return `${open}${space}${members.join(', ')}${space}${close}`;
  }
  const inner = `${indentation}${layout.unit}`;
  const members = entries.map(([key, each]) => `${layout.eol}${inner}${print(key, each, inner, layout)}`);
  return `${open}${members.join(',')}${layout.eol}${indentation}${close}`;
}
