import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// Test files of packages of their own, whose evidence the tests beside this file read.
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname, '../../../..'),
    pool: 'forks',
    include: ['packages/testkit/integration/evidence/*/*.fixture.ts'],
    globalSetup: [resolve(import.meta.dirname, '../../src/global-setup.ts')],
  },
});
