import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages/*/src,generators}/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
          setupFiles: ['packages/testkit/src/guards/unit-guard.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{packages/*/integration,test/integration}/**/*.test.ts'],
          pool: 'forks',
          globalSetup: ['packages/testkit/src/servers/global-setup.ts'],
          setupFiles: ['packages/testkit/src/guards/mock-guard.ts'],
        },
      },
    ],
  },
});
