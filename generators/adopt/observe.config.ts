import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = process.cwd();
const guards = join(root, 'packages/testkit/src');

// For the test files of a package that keeps to no layout yet: found by their names, and observed.
export default defineConfig({
  test: {
    root,
    include: [`${process.env.ADOPTED_PACKAGE}/**/*.{test,spec}.?(c|m)[jt]s?(x)`],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: [join(guards, 'servers/global-setup.ts')],
    setupFiles: [join(guards, 'guards/observing-guard.ts')],
  },
});
