import { get, request as start } from 'node:http';

/** Longer than the server takes for anything that the testkit asks. */
const TIMEOUT_MS = 10_000;
const MANAGEMENT_PORT = '15672';

/** The HTTP API of a RabbitMQ's management plugin: https://www.rabbitmq.com/docs/management#http-api */
export class RabbitmqAdmin {
  readonly #host: string;
  readonly #port: string;
  readonly #auth: string;

  /** @param url AMQP, of an administrator; `?management=` has the API's port. */
  constructor(url: string) {
    const { hostname, searchParams, username, password } = new URL(url);
    this.#host = hostname.replaceAll(/[[\]]/g, '');
    this.#port = searchParams.get('management') ?? MANAGEMENT_PORT;
    this.#auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  }

  /**
   * @param path below `/api`, its parts encoded
   * @returns what was answered, or undefined where there is no such thing
   */
  async ask(method: 'GET' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const { status, text } = await this.#send(method, path, body && JSON.stringify(body));
    if (status === 404) {
      return undefined;
    }
    if (status >= 200 && status < 300) {
      return text === '' ? null : JSON.parse(text);
    }
    throw new Error(`RabbitMQ answered ${status} to ${method} ${path}: ${text.slice(0, 300)}`);
  }

  #send(method: string, path: string, body = ''): Promise<{ status: number; text: string }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
    const send = method === 'GET' ? get : start;
    const call = send(
      {
        host: this.#host,
        port: this.#port,
        path: `/api${path}`,
        method,
        auth: this.#auth,
        agent: false,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (response) => {
        let text = '';
        response
          .setEncoding('utf8')
          .on('data', (chunk: string) => {
            text += chunk;
          })
          .on('end', () => resolve({ status: response.statusCode ?? 0, text }))
          .on('error', reject);
      },
    );
    call.on('error', reject).end(body);
    return promise;
  }
}
