import { expect } from 'vitest';
import { test } from '../../../../packages/testkit/integration/wiremock/fixtures.ts';
import { expectAttempts } from '../../../../packages/testkit/src/assertions/upstreams/expect-attempts.ts';
import { get, put } from '../../../../packages/testkit/src/kinds/wiremock/stubs/builder.ts';

const SIZE = 20_000_000;

/** Sends a body whose length no header tells. */
const stream = (url: string, length: number) =>
  fetch(url, { method: 'PUT', duplex: 'half', body: new Blob(['x'.repeat(length)]).stream() } as RequestInit);

test('several large uploads are taken, counted, and can be read', { timeout: 60_000 }, async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(put('/object').respond(200, 'kept').times(4));
  for (const length of [SIZE, 10, SIZE]) {
    const response = await fetch(`${upstream.url}/object`, { method: 'PUT', body: 'x'.repeat(length) });
    expect(await response.text()).toBe('kept');
  }
  await stream(`${upstream.url}/object`, 2_000_000);
  await expectAttempts(upstream, 4);
  const lengths = (await upstream.requests()).map(({ body }) => body.length);
  expect(lengths).toEqual([SIZE, 10, SIZE, 2_000_000]);
  await verify();
});

test('many uploads of medium size', { timeout: 60_000 }, async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(put('/object').respond(200).times(40));
  const body = 'x'.repeat(500_000);
  for (let count = 0; count < 40; count++) {
    await fetch(`${upstream.url}/object`, { method: 'PUT', body });
  }
  await verify();
});

test('one that no stub matches is told, with the beginning of its body', { timeout: 60_000 }, async ({ open }) => {
  const { upstream, verify } = await open();
  await fetch(`${upstream.url}/object`, { method: 'PUT', body: 'x'.repeat(SIZE) });
  await expect(verify()).rejects.toThrow(
    /got a request that no stub matches[\s\S]* {2}PUT \/object\n[\s\S]* {2}x{499}…/,
  );
});

test('a large answer is sent whole, as often as it is asked for', { timeout: 60_000 }, async ({ open }) => {
  const { upstream, verify } = await open();
  const bytes = new Uint8Array(SIZE).fill(0xfe);
  await upstream.stub(get('/bytes').respond(200, bytes).times(3));
  await upstream.stub(get('/json').respond(200, { text: 'ü'.repeat(1_000_000) }));
  for (let count = 0; count < 3; count++) {
    const response = await fetch(`${upstream.url}/bytes`);
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), Buffer.from(bytes))).toBe(0);
  }
  for (let count = 0; count < 30; count++) {
    const answer = (await (await fetch(`${upstream.url}/json`)).json()) as { text: string };
    expect(answer.text).toHaveLength(1_000_000);
  }
  await verify();
});
