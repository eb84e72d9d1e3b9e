import { fileURLToPath } from 'node:url';
import { type SuitesOptions, suites } from '@splitlevel/guards/suites';
import type { ViteUserConfig } from 'vitest/config';

/**
 * The configuration of Vitest for a repository on the standard: the projects `unit` and `integration`.
 * @param root the folder of the repository, `import.meta.dirname` of its vitest.config.ts.
 */
export function splitlevel(root: string, options: Omit<SuitesOptions, 'globalSetup'> = {}): ViteUserConfig {
  const globalSetup = fileURLToPath(import.meta.resolve('@splitlevel/testkit/global-setup'));
  return suites(root, { ...options, globalSetup });
}
