import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect } from 'vitest';
import { WiremockAdmin } from '../../src/kinds/wiremock/admin.ts';

/** What stands in the place of WireMock, and gives every call the same answer. */
const test = base.extend('answerWith', async ({ task: _ }, { onCleanup }) => {
  const servers: Server[] = [];
  onCleanup(() => {
    for (const server of servers) {
      server.close().closeAllConnections();
    }
  });
  return async (status: number, body: string): Promise<WiremockAdmin> => {
    const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return new WiremockAdmin(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  };
});

test('a page of the web server in the place of JSON is told by its words and status', async ({ answerWith }) => {
  const page = `<html><head><title>Error 500</title><style>h2 { color: red }</style></head><body>
    <h2>HTTP ERROR 500</h2><table><tr><th>MESSAGE:</th><td>Request failed.</td></tr>
    <tr><th>CAUSED BY:</th><td>java.lang.OutOfMemoryError: Java heap space</td></tr></table></body></html>`;
  const admin = await answerWith(500, page);
  await expect(admin.takeEvents('a')).rejects.toThrow(
    /^WireMock answered 500 to POST http:.*: HTTP ERROR 500 MESSAGE: Request failed\. CAUSED BY: java\.lang\.OutOfMemoryError: Java heap space$/,
  );
});

test('a success that is not JSON is told too, and cut', async ({ answerWith }) => {
  const admin = await answerWith(200, `<body>Sign in ${'x'.repeat(1000)}</body>`);
  await expect(admin.journalLength()).rejects.toThrow(
    /^WireMock answered 200 to GET http:.*, and not with JSON: Sign in x{491}…$/,
  );
});

test('errors of WireMock are told in its own words', async ({ answerWith }) => {
  const admin = await answerWith(
    422,
    JSON.stringify({ errors: [{ title: 'Error parsing JSON', detail: 'no method' }] }),
  );
  await expect(admin.removeMapping('a')).rejects.toThrow(/^WireMock answered 422 to DELETE .*: no method$/);
});
