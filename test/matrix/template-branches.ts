import handlebars from 'handlebars';

/** A part of a template that a block renders or leaves out. */
export interface Branch {
  readonly line: number;
  /** `{{#if database}}`, or `{{else}} of {{#if database}}`. */
  readonly text: string;
}

/** A template that tells by marks in what it renders which of its branches were taken. */
export interface MarkedTemplate {
  readonly text: string;
  readonly branches: readonly Branch[];
}

const MARK = /\uE000(\d+)\uE001/g;

/**
 * Puts a mark at the start of every branch of a template. Where an `{{#if}}` has no `{{else}}` that it is left out counts
 * for none.
 */
export function markBranches(template: string): MarkedTemplate {
  const branches: Branch[] = [];
  const marks: { offset: number; mark: string }[] = [];
  const starts = lineStarts(template);

  function visit(program: hbs.AST.Program | undefined): void {
    for (const statement of program?.body ?? []) {
      if (statement.type !== 'BlockStatement') {
        continue;
      }
      const block = statement as hbs.AST.BlockStatement;
      const opening = openingOf(template, offsetOf(block.loc.start));
      mark(block.program, opening);
      mark(block.inverse, `{{else}} of ${opening}`);
    }
  }

  function mark(program: (hbs.AST.Program & { chained?: boolean }) | undefined, text: string): void {
    const [first] = program?.body ?? [];
    // The inverse of {{else if}} is the next block of the chain, whose own branches are marked.
    if (first !== undefined && program?.chained !== true) {
      marks.push({ offset: offsetOf(first.loc.start), mark: `\uE000${branches.length}\uE001` });
      branches.push({ line: first.loc.start.line, text });
    }
    visit(program);
  }

  function offsetOf({ line, column }: hbs.AST.Position): number {
    return (starts[line - 1] ?? 0) + column;
  }

  visit(handlebars.parse(template));
  const sorted = marks.toSorted((left, right) => right.offset - left.offset);
  const text = sorted.reduce((all, { offset, mark: put }) => all.slice(0, offset) + put + all.slice(offset), template);
  return { text, branches };
}

/** The indices of the branches that left a mark in what was rendered. */
export function branchesIn(rendered: string): readonly number[] {
  return [...rendered.matchAll(MARK)].map(([, index]) => Number(index));
}

function openingOf(template: string, offset: number): string {
  const end = template.indexOf('}}', offset) + 2;
  return template.slice(offset, end);
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
