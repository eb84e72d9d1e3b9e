import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../scratch-workspace.ts';

/** The files besides those of a kind that an addition of it may touch. */
const MOST = 6;

/** The kinds that others are added like. PostgreSQL and WireMock are what assertions and upstreams are made for. */
test.each(['mariadb', 'redis', 'rabbitmq', 'nats'])('%s is known to few files besides its own', (kind) => {
  const folders = ['generators/**', 'packages/*/src/**'];
  const listed = execFileSync('git', ['grep', '-ilF', kind, '--', ...folders], { cwd: repositoryRoot }).toString();
  const known = listed.trim().split('\n').filter(isCode);
  const own = known.filter((path) => isOf(kind, path));
  expect(own.length).toBeGreaterThan(5);
  const others = known.filter((path) => !isOf(kind, path));
  expect(others.length, others.join('\n')).toBeLessThanOrEqual(MOST);
});

/** The example is generated, and the rules of the standard know the clients of servers that the testkit does not have. */
function isCode(path: string): boolean {
  return !path.endsWith('.test.ts') && !path.startsWith('packages/pricing/') && !/^packages\/standard\//.test(path);
}

function isOf(kind: string, path: string): boolean {
  return path.startsWith(`packages/testkit/src/kinds/${kind}/`) || path.split('/').at(-1)?.startsWith(kind) === true;
}
