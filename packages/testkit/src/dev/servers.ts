import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { watchNativeModules } from '@splitlevel/guards/native-modules';
import type { FixtureKind } from '../kinds/shared/fixture-kind.ts';
import { kinds } from '../kinds/table.ts';
import { WiremockAdmin } from '../kinds/wiremock/admin.ts';
import { type OpenUpstream, openUpstream } from '../kinds/wiremock/open-upstream.ts';
import { server } from '../kinds/wiremock/server/wiremock-server.ts';
import { loadMappings } from '../kinds/wiremock/stubs/load-mappings.ts';
import type { Need, Needs, UpstreamNeed } from '../needs.ts';
import { acquire } from '../servers/acquire.ts';

/** An upstream that the package is served with. */
export interface DevUpstream {
  readonly name: string;
  /**
   * Reads its stubs again, and puts them in place of those that it has.
   * @throws {Error} when one of them is invalid; then the old ones stay
   */
  reload(): Promise<number>;
  /** The reports of requests since the last call that no stub matched, or that lost the path of the base URL. */
  takeReports(): Promise<string[]>;
}

/** The servers that a package is served on. */
export interface DevServers {
  /** The environment that names them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly upstreams: readonly DevUpstream[];
}

/** The folder of a package that has its needs and stubs. */
export const needsFolder = (packageDirectory: string) => join(packageDirectory, 'integration');

export async function readNeeds(packageDirectory: string): Promise<Needs> {
  watchNativeModules();
  const file = pathToFileURL(join(needsFolder(packageDirectory), 'needs.ts'));
  return ((await import(file.href)) as { needs: Needs }).needs;
}

/** The variable that names the server of a need: `exchange-rates` → `EXCHANGE_RATES_URL`. */
export function variableOf(key: string, need: Need): string {
  const name = 'name' in need ? need.name : key;
  return `${name.replaceAll('-', '_').toUpperCase()}_URL`;
}

/** Prepares every need of the package, as for a test that lasts until the process ends. */
export async function openServers(packageDirectory: string): Promise<DevServers> {
  const directory = needsFolder(packageDirectory);
  const upstreams: DevUpstream[] = [];
  const variables = Object.entries(await readNeeds(packageDirectory)).map(async ([key, need]) => {
    if (need.kind === 'upstream') {
      const { url, ...upstream } = await openDevUpstream(need, directory);
      upstreams.push(upstream);
      return [variableOf(key, need), url];
    }
    const kind = (await kinds[need.kind].load()) as FixtureKind<Need, { readonly url: string }>;
    const prepared = await kind.prepare(need, { directory, key });
    const { value } = await prepared.open({ isolation: 'worker', name: 'nx dev', file: directory });
    return [variableOf(key, need), value.url];
  });
  return { variables: Object.fromEntries(await Promise.all(variables)), upstreams };
}

async function openDevUpstream({ name }: UpstreamNeed, directory: string): Promise<DevUpstream & { url: string }> {
  const read = () => loadMappings(join(directory, 'stubs', name));
  const stubs = read();
  const { url } = await acquire(server);
  const open: OpenUpstream = await openUpstream({ admin: new WiremockAdmin(url), name, test: 'nx dev', stubs });
  return {
    name,
    url: open.upstream.url,
    takeReports: () => open.takeReports(),
    async reload() {
      const changed = read();
      await open.reload(changed);
      return changed.length;
    },
  };
}
