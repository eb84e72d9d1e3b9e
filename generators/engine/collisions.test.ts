import { describe, expect, test } from 'vitest';
import { refuseCollisions, standInAnswers } from './collisions.ts';
import { defineGenerator } from './generator.ts';
import { spell } from './names.ts';
import { list, text } from './options.ts';

const generator = defineGenerator({
  name: 'service',
  description: 'A service',
  options: {
    name: text({ description: 'Name' }),
    entity: text({ description: 'Entity', identifier: true }),
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

function check(entity: string, upstream: readonly string[] = []): void {
  const answers = { name: 'orders', entity, upstream };
  const { answers: standIns, origins } = standInAnswers(generator as never, answers);
  const file = (values: Record<string, unknown>) => [
    { path: 'src/main.ts', content: Buffer.from(template(values.entity as string, values.upstream as string[])) },
    { path: 'README.md', content: Buffer.from(`# ${values.entity}`) },
  ];
  refuseCollisions(file(answers), file(standIns), origins);
}

test.each(['order', 'user', 'item', 'things', 'port', 'order-line', 'create'])('%s is accepted', (entity) => {
  expect(() => check(entity, ['rates', 'stock'])).not.toThrow();
});

describe('refused with the answer, the identifier and the file', () => {
  test.each([
    ['config', 'config'],
    ['date', 'Date'],
    ['service', 'createService'],
    ['connect', 'connect'],
  ])('%s, because of %s', (entity, identifier) => {
    expect(() => check(entity, ['rates'])).toThrow(
      `--entity: "${entity}" cannot be used, because src/main.ts needs ${identifier} for something else`,
    );
  });

  test('two answers that come to the same identifier', () => {
    expect(() => check('order', ['a-1', 'a1'])).toThrow('--upstream: "a1" cannot be used');
    expect(() => check('rate-client', ['rate'])).toThrow('--upstream: "rate" cannot be used');
  });
});

test('only answers that are marked are stood in for, each by a name of its own', () => {
  const { answers, origins } = standInAnswers(generator as never, { name: 'x', entity: 'y', upstream: ['a', 'b'] });
  expect(answers.name).toBe('x');
  expect(new Set([answers.entity, ...(answers.upstream as string[])]).size).toBe(3);
  expect([...origins.values()]).toContainEqual({ option: 'upstream', value: 'b' });
});
