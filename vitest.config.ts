import { splitlevel } from 'splitlevel/vitest';
import { defineConfig, mergeConfig } from 'vitest/config';

/** Tests from outside, which take minutes. */
const acceptance = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'acceptance',
          include: ['test/{acceptance,ci,matrix,planted-bugs,registry,stubs}/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          globalSetup: ['@splitlevel/testkit/global-setup'],
          setupFiles: ['@splitlevel/guards/integration'],
        },
      },
    ],
  },
});

export default mergeConfig(splitlevel(import.meta.dirname, { include: ['test/integration/**/*.test.ts'] }), acceptance);
