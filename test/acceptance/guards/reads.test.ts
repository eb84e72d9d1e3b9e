import { expect, test } from 'vitest';
import { notesWorkspace } from '../../../packages/guards/integration/notes-workspace.ts';
import type { FileReport } from '../../../packages/guards/src/observed/run-vitest.ts';

const file = 'packages/notes/src/greeting.test.ts';
const imports = `import fs, { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
const at = (path: string) => new URL(path, import.meta.url);
`;
const aTest = (name: string, body: string): string => `test(${JSON.stringify(name)}, async () => { ${body} });\n`;

/** What each test does, and what it is told to have tried, or undefined where it may. */
const unit: readonly [does: string, tried: string | undefined][] = [
  ["expect(readFileSync(at('./prompts/greeting.md'), 'utf8')).toBe('Hello {{name}}\\n')", undefined],
  ["expect(readdirSync(at('./prompts/'))).toEqual(['greeting.md'])", undefined],
  ["expect(await promisify(fs.exists)(at('./prompts/none.md'))).toBe(false)", undefined],
  ["expect(fs.globSync('*.md', { cwd: at('./prompts/') })).toEqual(['greeting.md'])", undefined],
  ["createRequire(import.meta.url)('../package.json')", undefined],
  ["readdirSync(at('../migrations/'))", 'list packages/notes/migrations'],
  ["readFileSync(at('../../../images.json'))", 'read images.json'],
  ["readFileSync(at('../README.md'))", 'read packages/notes/README.md'],
  ["await fs.promises.readFile(at('../README.md')).catch(() => {})", 'read packages/notes/README.md'],
  ["try { fs.statSync(at('../integration/')) } catch {}", 'look at packages/notes/integration'],
  ["fs.existsSync(at('../migrations/'))", 'look at packages/notes/migrations'],
  ["await fs.promises.open(at('../../sums/src/index.ts'))", 'read packages/sums/src/index.ts'],
  ["readFileSync(at('./linked.txt'))", 'read docs/shared.txt'],
  ["readFileSync(at('./folder/shared.txt'))", 'read docs/shared.txt'],
  ["readFileSync(at('./last.log'))", 'read packages/notes/src/last.log'],
  ["readdirSync(at('..'))", 'list packages/notes'],
  ["readdirSync(at('../src'), { recursive: true })", 'list packages/notes/src'],
  ["await fs.promises.opendir(at('../../'))", 'list packages'],
  ["fs.globSync('packages/*/package.json', { cwd: at('../../../') })", 'list packages'],
  ["fs.globSync('*.json', { cwd: at('../../../') })", 'list .'],
  ["readdirSync(at('../../../'))", 'list .'],
  ["createRequire(import.meta.url)('../../sums/package.json')", 'look at packages/sums/package.json'],
  [
    "await new Promise((done) => fs.createReadStream(at('../README.md')).on('error', done).on('open', done))",
    'read packages/notes/README.md',
  ],
  ["await promisify(fs.readFile)(at('../README.md'))", 'read packages/notes/README.md'],
  ["fs.realpathSync.native('/etc/hostname')", 'look at /etc/hostname'],
  ["process.loadEnvFile(at('../../../docs/shared.txt'))", 'read docs/shared.txt'],
  ["await fs.openAsBlob(at('../README.md').pathname)", 'read packages/notes/README.md'],
  ["readFileSync('/etc/passwd')", 'read /etc/passwd'],
];

test('a unit test reads only what is an input of its target', { timeout: 60_000 }, async () => {
  const workspace = await notesWorkspace();
  await workspace.link('packages/notes/src/linked.txt', 'docs/shared.txt');
  await workspace.link('packages/notes/src/folder', 'docs');
  await workspace.write({ [file]: imports + unit.map(([does]) => aTest(does, does)).join('') });
  const [{ tests }] = (await workspace.run('unit', file)) as [FileReport];
  for (const [does, tried] of unit) {
    const { status, message } = tests[does] ?? {};
    if (tried === undefined) {
      expect({ does, status, message }).toEqual({ does, status: 'passed', message: '' });
    } else {
      expect({ does, status }).toEqual({ does, status: 'failed' });
      expect(message).toContain(`tried to ${tried}\n`);
      expect(message).toMatch(
        /\n {4}at \S*greeting\.test\.ts:\d+:\d+\n.*so that neither the cache nor CI would run the test again/,
      );
    }
  }
  expect(tests["readdirSync(at('../migrations/'))"]?.message).toContain(
    'It is not among the inputs of notes:unit, so that neither the cache nor CI would run the test again after a change. Move the test to packages/notes/integration/, or the file to packages/notes/src/.',
  );
});

test('what a package depends on is read by its production files', { timeout: 60_000 }, async () => {
  const workspace = await notesWorkspace({ dependencies: { '@acme/sums': '*' } });
  await workspace.write({
    [file]:
      imports +
      aTest('code', "readFileSync(at('../../sums/src/index.ts'))") +
      aTest('test', "readFileSync(at('../../sums/src/index.test.ts'))") +
      aTest('list', "readdirSync(at('../../sums/src/'))"),
  });
  const [{ tests }] = (await workspace.run('unit', file)) as [FileReport];
  expect(tests.code).toEqual({ status: 'passed', message: '' });
  expect(tests.test?.message).toContain('tried to read packages/sums/src/index.test.ts\n');
  expect(tests.list?.message).toContain('tried to list packages/sums/src\n');
});

test('an integration test reads of the workspace what is an input, and what it wrote itself', {
  timeout: 60_000,
}, async () => {
  const workspace = await notesWorkspace();
  const path = 'packages/notes/integration/reads.test.ts';
  const allowed = [
    "readdirSync(at('../migrations/'))",
    "readFileSync(at('../../../images.json'))",
    "readFileSync(at('../src/prompts/greeting.md'))",
    "readFileSync('/etc/hostname')",
    "fs.writeFileSync(at('../src/new.log'), ''); readFileSync(at('../src/new.log'))",
  ];
  const refused = [
    ["readFileSync(at('../README.md'))", 'read packages/notes/README.md'],
    ["readFileSync(at('../src/greeting.test.ts'))", 'read packages/notes/src/greeting.test.ts'],
    ["readFileSync(at('../../sums/src/index.ts'))", 'read packages/sums/src/index.ts'],
    ["createRequire(import.meta.url)('../../sums/package.json')", 'look at packages/sums/package.json'],
    ["fs.copyFileSync(at('../../../docs/shared.txt'), '/dev/null')", 'read docs/shared.txt'],
  ] as const;
  await workspace.write({
    [file]: '',
    [path]: imports + [...allowed, ...refused.map(([does]) => does)].map((does) => aTest(does, does)).join(''),
  });
  const [{ tests }] = (await workspace.run('integration', path)) as [FileReport];
  for (const does of allowed) {
    expect({ does, ...tests[does] }).toEqual({ does, status: 'passed', message: '' });
  }
  for (const [does, tried] of refused) {
    expect({ does, told: tests[does]?.message }).toEqual({
      does,
      told: expect.stringContaining(`The integration test "${does}"`),
    });
    expect(tests[does]?.message).toContain(`tried to ${tried}\n`);
  }
});
