import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const source = resolve(import.meta.dirname, '../../../src');

// Test files that must fail, or that run against each other: only this configuration, which the tests beside it use, knows them.
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname, '../../../../..'),
    pool: 'forks',
    maxWorkers: 4,
    include: ['packages/testkit/integration/wiremock/children/**/*.fixture.ts'],
    globalSetup: [`${source}/global-setup.ts`],
    // Without the guard a test can do to the testkit what the guard refuses.
    setupFiles: process.env.UNGUARDED ? [] : ['@splitlevel/guards/integration'],
  },
});
