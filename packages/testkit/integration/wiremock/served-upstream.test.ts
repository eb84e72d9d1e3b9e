import type { StubMapping } from '@splitlevel/openapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WiremockAdmin } from '../../src/kinds/wiremock/admin.ts';
import { type OpenUpstream, openUpstream } from '../../src/kinds/wiremock/open-upstream.ts';
import { acquire } from '../../src/servers.ts';

// An upstream that lasts, as under `nx dev`.
let open: OpenUpstream;
beforeAll(async () => {
  const { url } = await acquire('wiremock');
  open = await openUpstream({
    admin: new WiremockAdmin(url),
    name: 'shop',
    test: 'nx dev',
    stubs: [stub('/a', 'one')],
  });
});
afterAll(() => open.close());

const stub = (urlPath: string, body: string) => ({
  mapping: { request: { method: 'GET', urlPath }, response: { status: 200, body } },
  source: `${urlPath}.json`,
});
const ask = async (path: string) => {
  const response = await fetch(`${open.upstream.url}${path}`);
  return `${response.status} ${await response.text()}`;
};

test('stubs are taken in place of those that there were; where one is refused, they stay', async () => {
  expect(await ask('/a')).toBe('200 one');
  await open.reload([stub('/a', 'two'), stub('/b', 'three')]);
  expect([await ask('/a'), await ask('/b')]).toEqual(['200 two', '200 three']);
  const refused = { mapping: { request: { metod: 'GET' }, response: {} } as unknown as StubMapping, source: 'c.json' };
  await expect(open.reload([stub('/a', 'four'), refused])).rejects.toThrow('WireMock refused the stub c.json');
  expect(await ask('/a')).toBe('200 two');
  await open.reload([stub('/b', 'five')]);
  expect([await ask('/a'), await ask('/b')]).toEqual([expect.stringMatching(/^404 /), '200 five']);
  await open.takeReports();
});

test('each request that no stub matches is told once, with the closest of the stubs that there are now', async () => {
  expect(await open.takeReports()).toEqual([]);
  await ask('/b');
  await ask('/nothing');
  const [report, ...others] = await open.takeReports();
  expect(report).toMatch(
    /"shop" got a request that no stub matches[\s\S]*GET \/nothing\n[\s\S]*closest stub is GET \/b of \/b\.json/,
  );
  expect(others).toEqual([]);
  expect(await open.takeReports()).toEqual([]);
});
