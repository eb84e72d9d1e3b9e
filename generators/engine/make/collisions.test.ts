import { describe, expect, test } from 'vitest';
import { spell } from '../answers/names.ts';
import { list, text } from '../answers/options.ts';
import { defineGenerator } from '../generator.ts';
import { refuseCollisions, standInAnswers } from './collisions.ts';

const generator = defineGenerator({
  name: 'service',
  description: 'A service',
  options: {
    name: text({ description: 'Name' }),
    entity: text({ description: 'Entity', identifier: true, none: 'none' }),
    upstream: list({ description: 'Upstream', identifier: true }),
  },
  model: () => ({ folder: 'x', layers: [] }),
  nextSteps: () => [],
});

/** The template of these tests: what it makes of a name of an entity and of names of upstreams. */
function template(entity: string, upstreams: readonly string[]): string {
  const { camel, pascal } = spell(entity);
  const clients = upstreams.map((each) => `const ${spell(each).camel}Client = connect();`).join('\n');
  return `import { config } from './config.ts'; // the order of things
    export function create${pascal}(${camel}: ${pascal}) { return new Date(config.port, ${camel}.item); }
    export function createService() {}
    ${clients}`;
}

function rendered(path: string, content = '', source = 'templates/x') {
  return { path, content: Buffer.from(content), source, copied: false };
}

function check(entity: string, upstream: readonly string[] = []): void {
  const answers = { name: 'orders', entity, upstream };
  const { answers: standIns, origins } = standInAnswers(generator, answers);
  const file = (values: Record<string, unknown>) => [
    rendered('src/config.ts'),
    rendered(`src/${values.entity}.ts`),
    ...(values.upstream as string[]).map((each) => rendered(`src/${each}.ts`)),
    rendered('src/main.ts', template(values.entity as string, values.upstream as string[])),
    rendered('README.md', `# ${values.entity}`),
  ];
  refuseCollisions(file(answers), file(standIns), origins);
}

test.each(['order', 'user', 'item', 'things', 'port', 'order-line', 'create'])('%s is accepted', (entity) => {
  expect(() => check(entity, ['rates', 'stock'])).not.toThrow();
});

describe('refused with the answer, the identifier and the file', () => {
  test.each([
    ['date', 'Date'],
    ['service', 'createService'],
    ['connect', 'connect'],
  ])('%s, because of %s', (entity, identifier) => {
    expect(() => check(entity, ['rates'])).toThrow(
      `--entity: "${entity}" cannot be used, because src/main.ts needs ${identifier} for something else`,
    );
  });

  test('a name of a file that the template has, or that another answer gives', () => {
    expect(() => check('config')).toThrow(
      '--entity: "config" cannot be used, because the package has another src/config.ts',
    );
    expect(() => check('order', ['config'])).toThrow(
      '--upstream: "config" cannot be used, because the package has another',
    );
    expect(() => check('rate', ['rate'])).toThrow('"rate" cannot be used, because the package has another src/rate.ts');
  });

  test('two answers that come to the same identifier', () => {
    expect(() => check('order', ['a-1', 'a1'])).toThrow('--upstream: "a1" cannot be used');
    expect(() => check('rate-client', ['rate'])).toThrow('--upstream: "rate" cannot be used');
  });
});

test("two templates of one path are the template's fault, whatever the answers", () => {
  const files = ['base', 'other'].map((layer) => rendered('a.ts', '', `templates/${layer}/a.ts`));
  expect(() => refuseCollisions(files, files, new Map())).toThrow(
    'a.ts would be made twice, from templates/base/a.ts and from templates/other/a.ts',
  );
});

test('the answer that says that there is none has no stand-in', () => {
  const { answers } = standInAnswers(generator, { name: 'x', entity: 'none', upstream: [] });
  expect(answers).toEqual({ name: 'x', entity: 'none', upstream: [] });
});

test('only answers that are marked are stood in for, each by a name of its own', () => {
  const { answers, origins } = standInAnswers(generator, { name: 'x', entity: 'y', upstream: ['a', 'b'] });
  expect(answers.name).toBe('x');
  expect(new Set([answers.entity, ...(answers.upstream as string[])]).size).toBe(3);
  expect([...origins.values()]).toContainEqual({ option: 'upstream', value: 'b' });
});
