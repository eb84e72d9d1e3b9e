import type MagicString from 'magic-string';
import type { MemberList } from './places.ts';
import type { Syntax, SyntaxNode } from './syntax.ts';

/** The member of a list that has this key or, where it has none, this text. */
export function memberNamed(list: MemberList, name: string, source: string): SyntaxNode | undefined {
  return membersOf(list).find((member) => {
    const key = 'key' in member ? (member.key as SyntaxNode) : member;
    return (key.type === 'StringLiteral' ? key.value : source.slice(key.start, key.end)) === name;
  });
}

/**
 * Puts a member behind the last one, with the separator, the line and the indentation that the others have.
 * @param unit one level of indentation.
 */
export function insertMember(
  source: string,
  syntax: Syntax,
  text: MagicString,
  list: MemberList,
  member: string,
  unit: string,
): void {
  const separator = list.type === 'TSInterfaceBody' ? ';' : ',';
  const last = membersOf(list).at(-1);
  if (last === undefined) {
    insertFirst(source, text, list, `${member}${separator}`, unit);
    return;
  }
  const next = syntax.tokens.find(({ start, end }) => start >= last.end && !isComment(source.slice(start, end)));
  const own = next && source.slice(next.start, next.end) === ',' ? next : undefined;
  const ended = own !== undefined || /[;,]$/.test(source.slice(last.start, last.end));
  if (!ended) {
    text.appendLeft(last.end, separator);
  }
  const indentation = /(?:^|\n)([ \t]*)$/.exec(source.slice(0, last.start))?.[1];
  const place = own?.end ?? last.end;
  if (indentation === undefined) {
    text.appendLeft(place, ` ${member}${ended ? separator : ''}`);
  } else {
    const lines = member.replaceAll('\n', `\n${indentation}`);
    text.appendLeft(endOfLine(source, syntax, place), `\n${indentation}${lines}${separator}`);
  }
}

function membersOf(list: MemberList): readonly SyntaxNode[] {
  const members =
    list.type === 'TSInterfaceBody' ? list.body : list.type === 'ArrayExpression' ? list.elements : list.properties;
  return members.filter((member) => member !== null) as SyntaxNode[];
}

function insertFirst(source: string, text: MagicString, list: MemberList, member: string, unit: string): void {
  const line = source.slice(0, list.start).split('\n').at(-1) ?? '';
  const indentation = /^[ \t]*/.exec(line)?.[0] ?? '';
  const end = text.original.lastIndexOf(list.type === 'ArrayExpression' ? ']' : '}', list.end);
  const inside = source.slice(list.start + 1, end);
  const broken = inside.includes('\n');
  const place = broken ? list.start + 1 + inside.trimEnd().length : end;
  const lines = member.replaceAll('\n', `\n${indentation}${unit}`);
  text.appendLeft(place, `\n${indentation}${unit}${lines}${broken ? '' : `\n${indentation}`}`);
}

/** Where a line ends behind a position, if nothing but a comment follows on it; else the position. */
function endOfLine(source: string, { tokens }: Syntax, position: number): number {
  const next = tokens.find(({ start }) => start >= position);
  const onLine = next !== undefined && !source.slice(position, next.start).includes('\n');
  return onLine && isComment(source.slice(next.start, next.end)) ? next.end : position;
}

function isComment(token: string): boolean {
  return token.startsWith('//') || token.startsWith('/*');
}
