import { splitlevel } from 'splitlevel/vitest';
import { defineConfig, mergeConfig } from 'vitest/config';

/** Folders of test/ with tests from outside, which take minutes. */
const elsewhere = ['acceptance', 'ci', 'matrix', 'planted-bugs', 'registry', 'stubs'];

const acceptance = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'acceptance',
          include: elsewhere.map((folder) => `test/${folder}/**/*.test.ts`),
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

export default mergeConfig(splitlevel(import.meta.dirname, { elsewhere }), acceptance);
