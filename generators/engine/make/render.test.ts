import { describe, expect, test } from 'vitest';
import { renderLayers } from './render.ts';

function render(files: Record<string, string>, model: Record<string, unknown> = {}): Record<string, string> {
  const layer = {
    model,
    files: Object.entries(files).map(([path, text]) => ({
      path,
      source: `templates/x/${path}`,
      content: Buffer.from(text),
    })),
  };
  return Object.fromEntries(renderLayers([layer]).map(({ path, content }) => [path, content.toString()]));
}

describe('content', () => {
  test('of .hbs files is rendered, and the ending dropped', () => {
    expect(render({ 'README.md.hbs': '# {{name}}' }, { name: 'orders' })).toEqual({ 'README.md': '# orders' });
  });

  test('is not escaped', () => {
    const name = 'O\'Reilly & <Sons> "`${x}` {{name}} </script> 😀';
    expect(render({ 'a.hbs': '{{name}}' }, { name })).toEqual({ a: name });
  });

  test('of other files is taken byte for byte', () => {
    const bytes = Buffer.from([0, 255, 123, 123, 120, 125, 125, 13, 10]);
    const files = [{ path: 'logo.png', source: 'x', content: bytes }];
    expect(renderLayers([{ files, model: {} }])[0]?.content.equals(bytes)).toBe(true);
  });

  test('keeps {{ where it is wanted', () => {
    expect(render({ 'ci.yml.hbs': '$\\{{ github.sha }} {{x}}' }, { x: 1 })).toEqual({
      'ci.yml': '${{ github.sha }} 1',
    });
  });

  test('has blocks round whole lines', () => {
    const text = 'a\n{{#if database}}\nb\n{{/if}}\n{{#each upstreams}}\n- {{name}}\n{{/each}}\n';
    expect(render({ 'a.hbs': text }, { database: false, upstreams: [{ name: 'x' }, { name: 'y' }] })).toEqual({
      a: 'a\n- x\n- y\n',
    });
  });

  test.each([
    ['{{nmae}}', 'the model has no "nmae"'],
    ['{{entity.plural}}', 'the model has no "plural"'],
    ['{{#if nothing}}x{{/if}}', 'the model has no "nothing"'],
    ['{{#if entity.nothing}}x{{/if}}', 'the model has no "nothing"'],
    ['{{#unless nothing}}x{{/unless}}', 'the model has no "nothing"'],
    ['{{#each nothing}}x{{/each}}', 'the model has no "nothing"'],
    ['{{#each list}}{{nothing}}{{/each}}', 'the model has no "nothing"'],
    ['{{#if list.lenght}}x{{/if}}', 'the model has no "lenght"'],
    ['{{constructor}}', 'the model has no "constructor"'],
    ['{{entity.__proto__}}', 'the model has no "__proto__"'],
    ['{{toString}}', 'the model has no "toString"'],
    ['{{uppercase name}}', 'uppercase'],
    ['{{> partial}}', 'partial'],
    ['{{#if name}}', 'Parse error'],
  ])('%s is an error that names file and placeholder', (text, reason) => {
    const attempt = () => render({ 'src/a.ts.hbs': text }, { name: 'x', entity: { kebab: 'x' }, list: [{}] });
    expect(attempt).toThrow('templates/x/src/a.ts.hbs cannot be rendered: ');
    expect(attempt).toThrow(reason);
  });
});

describe('names of files and folders', () => {
  test('have placeholders, and dots for dot-', () => {
    const files = { 'dot-github/{{name}}/{{entity.kebab}}.ts.hbs': '', 'dot-env': '', 'a.dot-b': '' };
    expect(Object.keys(render(files, { name: 'orders', entity: { kebab: 'order-line' } }))).toEqual([
      '.github/orders/order-line.ts',
      '.env',
      'a.dot-b',
    ]);
  });

  test.each(['', '.', '..', 'a/b', '../x', '/etc', 'a\\b', 'a\u0000', 'a\n'])(
    'are refused when they render to %j',
    (name) => {
      expect(() => render({ 'src/{{name}}.hbs': '' }, { name })).toThrow('which cannot be a name of a file');
      expect(() => render({ '{{name}}/a': '' }, { name })).toThrow('which cannot be a name of a file');
    },
  );
});

test('layers overlay into one tree, each with its own model', () => {
  const file = (path: string, text: string) => ({ path, source: path, content: Buffer.from(text) });
  const files = renderLayers([
    { files: [file('a.hbs', '{{x}}')], model: { x: 1 } },
    { files: [file('{{x}}.hbs', '{{x}}')], model: { x: 'b' } },
    { files: [file('{{x}}.hbs', '{{x}}')], model: { x: 'c' } },
  ]);
  expect(files.map(({ path, content }) => [path, content.toString()])).toEqual([
    ['a', '1'],
    ['b', 'b'],
    ['c', 'c'],
  ]);
});
