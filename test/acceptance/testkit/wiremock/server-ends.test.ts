import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { runVitest } from '@splitlevel/guards/run-vitest';
import { expect, test } from 'vitest';
import { createScratchWorkspace } from '../../../../packages/testkit/integration/servers/scratch-workspace.ts';
import { withAdvice } from '../../../../packages/testkit/src/kinds/wiremock/upstream-kind.ts';
import { currentRun } from '../../../../packages/testkit/src/servers/run.ts';
import { acquire } from '../../../../packages/testkit/src/servers.ts';

test('a server that ends is told as such, with what it said, and the next test has a new one', {
  timeout: 120_000,
}, async () => {
  const { runtime } = await currentRun();
  const { 'has a new server': after, 'ends the server': before } = await runFixture({ TESTKIT_RUNTIME: runtime });
  expect(before?.status).toBe('failed');
  expect(before?.message).toMatch(
    /WireMock.* ended .*It said last:\n[\s\S]*WireMock (did not answer|answered 5\d\d to) POST /,
  );
  expect(after).toEqual({ status: 'passed', message: '' });
});

test('one that answers 503 while it ends is told as such', { timeout: 120_000 }, async ({ onTestFinished }) => {
  const server = endsSlowly((await acquire('wiremock')).url).listen(0, '127.0.0.1');
  onTestFinished(() => server.close().closeAllConnections());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { 'ends the server': ends } = await runFixture({ TESTKIT_WIREMOCK_URL: url });
  expect(ends?.message).toMatch(/TESTKIT_WIREMOCK_URL[\s\S]*WireMock answered 503 to POST /);
});

test('one that ended for want of memory is told how much it has', () => {
  const ended =
    'The embedded WireMock ended with status 3. It said last:\nTerminating due to java.lang.OutOfMemoryError';
  expect(withAdvice(ended)).toMatch(
    /^The embedded WireMock ended[\s\S]*\nIts memory of 1 GB was too small for the requests/,
  );
  expect(withAdvice('The embedded WireMock ended with status 1.')).toBe('The embedded WireMock ended with status 1.');
});

async function runFixture(environment: NodeJS.ProcessEnv) {
  const scratch = await createScratchWorkspace();
  const { files } = await runVitest(
    resolve(import.meta.dirname, '../../../../packages/testkit/integration/wiremock/children/vitest.config.ts'),
    ['packages/testkit/integration/wiremock/children/server-ends.fixture.ts'],
    ['--hookTimeout=60000'],
    { TESTKIT_WORKSPACE: scratch.root, TESTKIT_RUN: undefined, ...environment },
  );
  await scratch.remove();
  return files['server-ends.fixture.ts']?.tests ?? {};
}

/** Stands before a WireMock. Told to shut down, it answers calls with 503 for a second, and then is gone. */
function endsSlowly(url: string): Server {
  let isEnding = false;
  const server = createServer(async (request, response) => {
    if (request.url === '/__admin/shutdown') {
      isEnding = true;
      setTimeout(() => server.close().closeAllConnections(), 1000);
      response.end();
    } else if (isEnding && request.url !== '/__admin/version') {
      if (request.url?.startsWith('/__admin/')) {
        response.writeHead(503).end();
      } else {
        request.socket.destroy();
      }
    } else {
      const body = request.method === 'GET' ? null : await text(request);
      const { host: _, connection: __, ...headers } = request.headers as Record<string, string>;
      const answer = await fetch(new URL(request.url ?? '/', url), { method: request.method ?? 'GET', headers, body });
      response.writeHead(answer.status).end(await answer.text());
    }
  });
  return server;
}
