import { describe, expect, test } from 'vitest';
import { asNpm, inTermsOf, scriptInTermsOf } from './in-terms-of.ts';
import { managerNamed } from './managers.ts';

const inAll = (text: string, say = inTermsOf) =>
  (['npm', 'pnpm', 'yarn', 'bun'] as const).map((name) => say(managerNamed(name), text));

describe('a message or a README', () => {
  test.each([
    ['npm ci', 'pnpm install', 'yarn install', 'bun install'],
    ['npm test', 'pnpm test', 'yarn test', 'bun run test'],
    ['npm install', 'pnpm install', 'yarn install', 'bun install'],
    ['npm run ci:plan', 'pnpm run ci:plan', 'yarn run ci:plan', 'bun run ci:plan'],
    ['npm run ci -- quick', 'pnpm run ci quick', 'yarn run ci quick', 'bun run ci quick'],
    [
      'npm run --silent ci:plan -- --shards',
      'pnpm --silent run ci:plan --shards',
      'yarn run ci:plan --shards',
      'bun run --silent ci:plan --shards',
    ],
    [
      'npx plop service orders',
      'pnpm exec plop service orders',
      'yarn splitlevel service orders',
      'bunx plop service orders',
    ],
    ['npx nx unit orders', 'pnpm exec nx unit orders', 'yarn nx unit orders', 'bunx nx unit orders'],
    [
      'npm install --save-dev --save-exact pg',
      'pnpm add --workspace-root --save-dev --save-exact pg',
      'yarn add --dev --exact pg',
      'bun add --dev --exact pg',
    ],
  ])('%s', (...commands) => {
    expect(inAll(commands[0])).toEqual(commands);
  });

  test.each(['npx --yes "@splitlevel/ci@1.0.0" report', 'the npm scope', 'npm create splitlevel@latest shop'])(
    '%s is npm’s wherever it stands',
    (text) => {
      expect(new Set(inAll(text))).toEqual(new Set([text]));
    },
  );

  test('comments and tables keep their columns', () => {
    const text = [
      'npx plop service orders       # make a package',
      'npm test                      # test',
      '',
      '| command     | what    |',
      '| ----------- | ------- |',
      '| `npx nx`    | serves  |',
      '| `npm test`  | tests   |',
    ].join('\n');
    expect(inTermsOf(managerNamed('pnpm'), text).split('\n')).toEqual([
      'pnpm exec plop service orders # make a package',
      'pnpm test                     # test',
      '',
      '| command        | what   |',
      '| -------------- | ------ |',
      '| `pnpm exec nx` | serves |',
      '| `pnpm test`    | tests  |',
    ]);
  });
});

test('machines install what the lockfile has', () => {
  expect(inAll('run: npm ci', scriptInTermsOf)).toEqual([
    'run: npm ci',
    'run: pnpm install --frozen-lockfile',
    'run: yarn install --immutable',
    'run: bun install --frozen-lockfile',
  ]);
  const docker =
    'RUN npm ci --omit=dev --workspace={{folder}} --include-workspace-root=false --ignore-scripts --no-audit --no-fund';
  const [own, ...others] = inAll(docker, scriptInTermsOf);
  expect(own).toBe(docker);
  expect(others.map((each) => each.split(' && ').at(-1))).toEqual([
    'pnpm install --prod --frozen-lockfile --ignore-scripts --filter ./{{folder}}...',
    'YARN_ENABLE_SCRIPTS=false yarn workspaces focus --production',
    'bun install --production --frozen-lockfile --ignore-scripts --filter ./{{folder}}',
  ]);
});

test.each(['npm run ci -- quick', 'npm run standard', 'npm run --silent ci -- integration', 'npm test'])(
  'rules read %s in the terms of any package manager',
  (command) => {
    const silently = (line: string) => line.replace(' --silent', '');
    expect(new Set(inAll(command).map(asNpm).map(silently))).toEqual(new Set([silently(command)]));
  },
);
