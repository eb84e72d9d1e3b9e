import { applyEdits, findNodeAtLocation, modify, parse, parseTree } from 'jsonc-parser';
import type { Suite } from './classify.ts';

interface Manifest {
  readonly scripts?: Record<string, string>;
  readonly nx?: { readonly targets?: Record<string, object>; readonly includedScripts?: readonly string[] };
}

/**
 * A package.json with the targets of the suites that the package has, as empty entries, which take everything from the
 * workspace's targetDefaults. The rest keeps its text.
 */
export function wireTargets(text: string, suites: readonly Suite[]): string {
  const { scripts = {}, nx } = parse(text) as Manifest;
  const entries = suites.filter((suite) => JSON.stringify(nx?.targets?.[suite]) !== '{}');
  // Nx would make targets of scripts with these names, and mix the two.
  const hasScript = suites.some((suite) => scripts[suite] !== undefined) && nx?.includedScripts === undefined;
  const changes: [path: string[], value: unknown][] = entries.map((suite) => [['nx', 'targets', suite], {}]);
  if (hasScript) changes.push([['nx', 'includedScripts'], []]);
  return changes.reduce((current, [path, value]) => set(current, path, value), text);
}

/** A tsconfig.json that checks the folder too, where it lists folders. The rest keeps its text. */
export function includeFolder(text: string, folder: string): string {
  const tree = parseTree(text);
  const items = (tree && findNodeAtLocation(tree, ['include'])?.children) ?? [];
  const [before, last] = items.slice(-2).length === 2 ? items.slice(-2) : [undefined, items[0]];
  const covers = new RegExp(`^(\\./)?(${folder}(/|$)|\\*\\*)`);
  if (last === undefined || items.some(({ value }) => covers.test(String(value)))) return text;
  const end = last.offset + last.length;
  const between = before === undefined ? ', ' : text.slice(before.offset + before.length, last.offset);
  return `${text.slice(0, end)}${between}"${folder}"${text.slice(end)}`;
}

function set(text: string, path: readonly string[], value: unknown): string {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const formattingOptions = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}
