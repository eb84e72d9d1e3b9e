import { posix } from 'node:path';
import type { Rule } from '../finding.ts';
import { reachable } from '../reachable.ts';
import type { Package, Source } from '../repository.ts';

/** Libraries that speak to a server or start one. */
const MODULES =
  /^(node:)?(net|tls|http|https|http2|dgram|child_process)$|^(pg|mysql2|ioredis|redis|amqplib|nats|@nats-io\/.+|kafkajs|mongodb|undici|axios|got|supertest|testcontainers|@testcontainers\/.+)(\/|$)/;
const CALLS = /^(fetch|.+\.listen)$/;
/** Further deeds that a unit test may not do: another thread, a database in a file, a file that is written. */
const OTHER_MODULES = /^(node:)?(worker_threads|sqlite)$/;
const WRITES =
  /^(.+\.)?(appendFile|copyFile|cp|createWriteStream|mkdir|mkdtemp|mkdtempDisposable|rename|rm|symlink|truncate|unlink|writeFile)(Sync)?$/;

export const servers: Rule = {
  name: 'servers',
  asks: 'the integration suite works with a real server',
  check: ({ packages }) =>
    packages.filter(isWithoutServer).map(({ name, folder }) => ({
      package: name,
      what: `${folder}/integration has tests, and none of them comes to a server: no need, no connection, nothing that listens`,
      todo: `Say in ${folder}/integration/needs.ts what it runs against, or move the tests to src/ as unit tests.`,
    })),
};

function isWithoutServer({ folder, sources }: Package): boolean {
  const tests = [...sources.keys()].filter((path) => /^integration\/.*\.test\.ts$/.test(path));
  return folder !== '.' && tests.length > 0 && ![...reachable(tests, sources)].some(isWithServer);
}

function isWithServer([path, { imports, calls }]: readonly [string, Source]): boolean {
  return (
    [...calls].some((each) => CALLS.test(each) || WRITES.test(each)) ||
    imports.some((each) => MODULES.test(each) || OTHER_MODULES.test(each) || leadsOut(path, each))
  );
}

/** To the needs of the testkit, or to a file outside of the package, which is not followed. */
function leadsOut(path: string, specifier: string): boolean {
  const isOutside = specifier.startsWith('.') && posix.join(posix.dirname(path), specifier).startsWith('../');
  return isOutside || specifier.endsWith('/testkit/needs');
}
