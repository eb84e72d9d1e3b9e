import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../.ci/release/assemble.ts';
import { PUBLISHED, type Published } from '../../.ci/release/packages.ts';
import { type Registry, startRegistry } from './registry.ts';

/** A registry on loopback that has the packages of this repository. */
export interface PublishedPackages extends Registry {
  /** Publishes a package again under another version, as it is. */
  publishAs(name: Published, version: string): Promise<void>;
}

/** A version that was never published: npx keeps what it ran of one, and would run that again. */
export function newVersion(): string {
  return `1.0.0-local.${Date.now()}`;
}

/** Starts the registry and publishes every package in one version. */
export async function publishPackages(version: string): Promise<PublishedPackages> {
  const folder = await mkdtemp(join(tmpdir(), 'splitlevel-packages-'));
  const registry = await startRegistry();
  assemble(folder, version);
  for (const name of PUBLISHED) {
    await registry.publish(join(folder, name));
  }
  return {
    ...registry,
    async publishAs(name, other) {
      const path = join(folder, name, 'package.json');
      const manifest = JSON.parse(await readFile(path, 'utf8'));
      await writeFile(path, JSON.stringify({ ...manifest, version: other }));
      await registry.publish(join(folder, name));
    },
    async end() {
      await registry.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
