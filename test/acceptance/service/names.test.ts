import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../../../generators/engine/failure.ts';
import { generator } from '../../../generators/service/generator.ts';
import { generate } from '../../generate.ts';
import { sample } from '../../sample.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

// A name is refused with a sentence, or the package that it makes is green.
let workspace: ScratchWorkspace;
/** The packages that were made, by what their test is about. */
const made = { names: [] as string[], words: [] as string[] };

beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

/** Makes a package; tells whether it was made, or else refused as wrong usage, by a sentence that names the flag. */
async function make(given: Record<string, unknown>): Promise<boolean> {
  try {
    await generate(generator, new Map(Object.entries(given)), workspace.root);
    return true;
  } catch (error) {
    expect(error).toMatchObject({
      exitCode: EXIT.usage,
      message: expect.stringMatching(/^--(name|entity|upstream): .{20}/),
    });
    return false;
  }
}

async function succeed(command: string, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await workspace.run(command, args, { timeout: 500_000 });
  expect(code, stdout + stderr).toBe(0);
}

/** Names of npm, of Node, of tools and their targets, of folders, of what every object inherits, of YAML and of servers. */
const packages =
  'fastify zod fs http process test nx npm build src unit packages tmp class x a1 order-2 prototype ' +
  'to-string value-of length keys default lint typecheck dev all vitest git head main null true no undefined then ' +
  'index node-modules public internal postgres template1 latest root com con-item';

test('packages of such names are made or refused', async () => {
  // Vitest leaves folders of these two names out elsewhere.
  const folders = ['coverage', 'dist'];
  const drawn = sample('names of packages', [...packages.split(' '), 'a'.repeat(40)], 0.3, (name) => name);
  const names = [...folders, ...drawn];
  for (const name of names) {
    if (await make({ name })) {
      made.names.push(name);
    }
  }
  expect(made.names).toEqual(names);
  const refused = 'constructor scratch con aux nul com1 .. /tmp/x @a/b a.b A -a workspace unit/x'.split(' ');
  for (const name of [...refused, 'a'.repeat(41)]) {
    expect(await make({ name }), name).toBe(false);
  }
});

const words = {
  JavaScript: 'class function new promise object map error string async await then type of any constructor to-string',
  SQL: 'value reference order user table select column group key index check',
  'the template':
    'service config main health database route log problem repository transaction price discount call get ' +
    'cache broker outbox message handle-message cached-product queue stream peer',
  'the tests': 'test expect describe signal task skip isolation start-service environment fixtures needs stubs',
  English: 'person child analysis quiz box city sheep equipment data status address b2b-order order-2 x none',
};

test.for(Object.entries(words))(
  'entities and upstreams named by words of %s are made or refused',
  async ([group, list]) => {
    const prefix = group.toLowerCase().replaceAll(' ', '-');
    for (const [index, word] of sample(`words of ${group}`, list.split(' '), 0.2, (each) => each).entries()) {
      for (const given of [
        { name: `${prefix}-e${index}`, entity: word, upstream: ['rates'], cache: 'redis', broker: 'rabbitmq' },
        { name: `${prefix}-m${index}`, entity: word, upstream: [word], database: 'mariadb' },
        { name: `${prefix}-n${index}`, entity: word, upstream: [word], database: 'none' },
        { name: `${prefix}-c${index}`, entity: word, cache: 'redis' },
      ]) {
        if (await make(given)) {
          made.words.push(given.name);
        }
      }
    }
  },
);

// Each in one go: a process for each package would take minutes.
test('lint and types of all that was made are green', async () => {
  expect(made.words).not.toEqual([]);
  const folders = [...made.names, ...made.words].map((name) => `packages/${name}`);
  const include = folders.flatMap((folder) => ['src', 'migrations', 'integration'].map((each) => `${folder}/${each}`));
  await workspace.write('tsconfig.names.json', JSON.stringify({ extends: './tsconfig.json', include }));
  await succeed('tsc', '-p', 'tsconfig.names.json');
  await succeed('biome', 'check', '--error-on-warnings', ...folders);
});

test('so are the unit tests of those with such words', async () => {
  await succeed('vitest', 'run', '--project', 'unit', ...made.words.map((name) => `packages/${name}/`));
});

test('so are those with such names, and Nx and Vitest take a package by its name', async () => {
  await succeed('nx', 'run-many', '-t', 'unit', '-p', ...made.names);
});
