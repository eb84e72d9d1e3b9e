import { once } from 'node:events';
import http from 'node:http';

/** Sends a POST request up to the middle of its body, so that it is in flight until `finish` is called. */
export async function sendHalf(url: string, path: string, input: object) {
  const body = JSON.stringify(input);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  // The caller would keep its connection for ever: that of the default agent ends after five seconds.
  const agent = new http.Agent({ keepAlive: true });
  const request = http.request(url + path, { method: 'POST', headers, agent });
  const outcome = once(request, 'response').then(
    ([response]: http.IncomingMessage[]) => response?.resume().statusCode,
    (error: NodeJS.ErrnoException) => error.code,
  );
  request.write(body.slice(0, 10));
  // The service has taken the connection once it answers on a later one.
  await fetch(`${url}/health/live`);
  return { outcome, finish: () => request.end(body.slice(10)) };
}
