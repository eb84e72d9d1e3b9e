// How long a repository takes that `npm create splitlevel` made, its packages installed from a registry as JavaScript: to
// scaffold a service, beside the same Plop adding one file, and to pass `npm test` for the first time.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newVersion, publishPackages } from '../test/registry/publish.ts';
import { createRepository } from '../test/registry/repository.ts';
import { untilNoServers } from './daemons.ts';
import { judge, printTimings, summarise } from './measure.ts';
import { judgeScaffold } from './scaffold.ts';

const VERSION = newVersion();
const registry = await publishPackages(VERSION);
const shop = await createRepository(registry, VERSION, '--scope @shop --yes');
try {
  await judgeScaffold('a new repository', { root: shop.root, run: (line) => shop.shell(line) });
  await shop.shell('npx plop service orders --yes');
  await untilNoServers(shop.root);
  await rm(join(shop.root, '.nx'), { recursive: true, force: true });
  const start = performance.now();
  await shop.shell('npm test', { TESTKIT_RUNTIME: 'containers' });
  const first = performance.now() - start;
  printTimings({ 'npm test of a new repository with one service': summarise([first]) });
  judge({
    claim: 'npm test of a new repository with one service, nothing cached, no server running',
    measured: first / 1000,
    bound: 60,
    unit: ' s',
    kind: 'at most',
  });
} finally {
  await shop.remove();
  await registry.end();
}
