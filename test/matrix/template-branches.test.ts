import handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { branchesIn, markBranches } from './template-branches.ts';

const template = `head
{{#if database}}
  a database
  {{#each tables}}
    {{this}}
  {{/each}}
{{else if upstreams}}
  upstreams
{{else}}
  neither
{{/if}}
{{#unless quiet}}{{name}}{{/unless}}
{{#if empty}}{{/if}}
`;

function taken(model: Record<string, unknown>): readonly string[] {
  const { text, branches } = markBranches(template);
  const indices = branchesIn(handlebars.compile(text, { noEscape: true })(model));
  return indices.map((index) => branches[index]?.text ?? 'unknown');
}

test('every branch that holds anything is known by its line', () => {
  expect(markBranches(template).branches).toEqual([
    { line: 2, text: '{{#if database}}' },
    { line: 4, text: '{{#each tables}}' },
    { line: 7, text: '{{else if upstreams}}' },
    { line: 9, text: '{{else}} of {{else if upstreams}}' },
    { line: 12, text: '{{#unless quiet}}' },
  ]);
});

test.each([
  [{ database: true, tables: ['a', 'b'], quiet: true }, ['{{#if database}}', '{{#each tables}}', '{{#each tables}}']],
  [{ database: true, tables: [], quiet: true }, ['{{#if database}}']],
  [{ upstreams: ['a'], quiet: true }, ['{{else if upstreams}}']],
  [{ quiet: false, name: 'x' }, ['{{else}} of {{else if upstreams}}', '{{#unless quiet}}']],
])('what is rendered from %j tells which were taken', (model, expected) => {
  expect(taken(model)).toEqual(expected);
});

test('a template without blocks is left as it is', () => {
  expect(markBranches('{{a}}\n{{b}}')).toEqual({ text: '{{a}}\n{{b}}', branches: [] });
});
