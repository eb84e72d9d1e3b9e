import { expect, test } from 'vitest';
import { withoutTests } from './vite-config.ts';

test('the settings of tests go, and the rest stays', () => {
  const text =
    "import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({ build: {}, test: { globals: true }, plugins: [] });\n";
  expect(withoutTests('vite.config.ts', text)).toBe(
    "import { defineConfig } from 'vite';\n\nexport default defineConfig({ build: {},  plugins: [] });\n",
  );
});

test('also where the configuration is a function; elsewhere it cannot be told', () => {
  expect(withoutTests('vite.config.ts', 'export default () => ({ test: {} });')).toBe('export default () => ({  });');
  expect(withoutTests('vite.config.ts', 'export default merge(base, own);')).toBeUndefined();
});
