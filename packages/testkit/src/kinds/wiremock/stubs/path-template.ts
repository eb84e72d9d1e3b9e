/** A name in braces, which may have a regular expression: `{id}`, `{id:[0-9]+}`. */
export const VARIABLE = /\{([^{}:]+)(?::((?:[^{}]|\{[^{}]*\})*))?\}/g;
const PIECE = new RegExp(`${VARIABLE.source}|[^]`, 'g');
/** At the end: whatever follows. */
const REST = '/**';

/** The names in braces of a template, as `urlPathTemplate` has them. */
export function namesOfTemplate(template: string): string[] {
  return [...template.matchAll(VARIABLE)].map(([, name]) => name as string);
}

/** The part of a path for each name of a template; undefined when it does not fit. A pattern that only Java reads fits nothing. */
export function matchTemplate(path: string, template: string): ReadonlyMap<string, string> | undefined {
  const start = template.endsWith(REST) ? template.slice(0, -REST.length) : template;
  const names: string[] = [];
  const source = start.replaceAll(PIECE, (piece, name?: string, pattern = '[^/]+') => {
    if (name === undefined) {
      return piece.replace(/[.*+?^${}()|[\]\\]/, '\\$&');
    }
    names.push(name);
    return `(?<value${names.length - 1}>${pattern})`;
  });
  try {
    const found = new RegExp(`^${source}${start === template ? '' : '(?:/.*)?'}$`).exec(path);
    return found ? new Map(names.map((name, index) => [name, found.groups?.[`value${index}`] ?? ''])) : undefined;
  } catch {
    return undefined;
  }
}
