/** How a file is laid out. */
export interface Layout {
  /** One level of indentation. */
  readonly unit: string;
  /** The line end. */
  readonly eol: '\n' | '\r\n';
}

/** The unit of indentation and the line end of a file's text; two spaces and LF where it does not show. */
export function layoutOf(text: string): Layout {
  const windows = text.match(/\r\n/g)?.length ?? 0;
  const lines = text.match(/\n/g)?.length ?? 0;
  return { unit: unitOf(text), eol: windows * 2 > lines ? '\r\n' : '\n' };
}

function unitOf(text: string): string {
  // The lines of a comment begin with a space and a star.
  const indented = [...text.matchAll(/^([ \t]+)(?![*\s])/gm)].map(([, space = '']) => space);
  if (indented.filter((space) => space.startsWith('\t')).length * 2 > indented.length) {
    return '\t';
  }
  const widths = indented.filter((space) => !space.includes('\t')).map(({ length }) => length);
  const steps = [...new Set([0, ...widths])].toSorted((left, right) => left - right);
  const smallest = Math.min(...steps.slice(1).map((width, index) => width - (steps[index] ?? 0)));
  return ' '.repeat(Number.isFinite(smallest) ? smallest : 2);
}

/** Code that is indented by two spaces, indented by another unit. */
export function reindent(code: string, unit: string): string {
  return code.replaceAll(/^(?: {2})+/gm, (spaces) => unit.repeat(spaces.length / 2));
}
