import { join } from 'node:path';
import { WiremockAdmin } from './admin.ts';
import { loadMappings } from './load-mappings.ts';
import { Tenant } from './tenant.ts';

/** The stubs of an upstream, served until they are removed. */
export interface LoadedStubs {
  /** Base URL of the upstream. */
  readonly url: string;
  remove(): Promise<void>;
}

/**
 * Serves the stubs of a package's upstream outside of tests (`nx dev`). Those of an earlier call for the same tenant are
 * replaced. Promises (`metadata.expected`) are not verified.
 * @param packageDirectory its stubs are in `integration/stubs/<upstreamName>`
 * @param tenant letters and digits; the same for the same package and upstream, so that the URL stays the same
 */
export async function loadStubs(
  wiremockUrl: string,
  packageDirectory: string,
  upstreamName: string,
  tenant: string,
): Promise<LoadedStubs> {
  const stubs = loadMappings(join(packageDirectory, 'integration', 'stubs', upstreamName));
  const admin = new WiremockAdmin(wiremockUrl);
  const served = new Tenant(admin, tenant);
  await served.close();
  await served.open(stubs);
  return { url: `${admin.url}${served.prefix}`, remove: async () => void (await served.close()) };
}
