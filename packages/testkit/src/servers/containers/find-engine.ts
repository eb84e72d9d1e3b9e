import { existsSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How long an engine may take to answer that it is there. */
const PING_TIMEOUT_MS = 2000;

/** The result of the search for a container engine. */
export interface EngineSearch {
  /** The address of the one that answers, as in `DOCKER_HOST`. */
  readonly endpoint: string | undefined;
  /** The places where it was looked for, with what was found, in words. */
  readonly looked: string;
}

interface Candidate {
  readonly endpoint: string;
  readonly from: string;
}

/**
 * Looks for a container engine where Testcontainers does, in the same order, and asks each for a sign of life. Where
 * one is named, no other is looked for: to use another engine than the one that was asked for would surprise. Source:
 * https://node.testcontainers.org/supported-container-runtimes/
 */
export async function findEngine(environment: NodeJS.ProcessEnv = process.env): Promise<EngineSearch> {
  const looked: string[] = [];
  for (const { endpoint, from } of candidates(environment)) {
    const failure = await ping(endpoint, environment);
    if (failure === undefined) {
      return { endpoint, looked: `${from} answers` };
    }
    looked.push(`${from}: ${failure}`);
  }
  const context = dockerContext();
  if (context !== undefined) {
    looked.push(
      `the docker command's context ${context} is not read by Testcontainers: set DOCKER_HOST to its address`,
    );
  }
  return { endpoint: undefined, looked: looked.join('; ') };
}

function candidates(environment: NodeJS.ProcessEnv): Candidate[] {
  const properties = readProperties();
  const testcontainersHost = properties.get('tc.host');
  if (testcontainersHost !== undefined) {
    return [{ endpoint: testcontainersHost, from: `tc.host=${testcontainersHost} of ~/.testcontainers.properties` }];
  }
  const dockerHost = environment.DOCKER_HOST;
  if (dockerHost !== undefined && dockerHost !== '') {
    return [{ endpoint: dockerHost, from: `DOCKER_HOST=${dockerHost}` }];
  }
  const propertyHost = properties.get('docker.host');
  if (propertyHost !== undefined) {
    return [{ endpoint: propertyHost, from: `docker.host=${propertyHost} of ~/.testcontainers.properties` }];
  }
  const runtimeDirectory = environment.XDG_RUNTIME_DIR;
  const sockets = [
    '/var/run/docker.sock',
    ...(runtimeDirectory === undefined ? [] : [join(runtimeDirectory, 'docker.sock')]),
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.docker/desktop/docker.sock'),
    `/run/user/${process.getuid?.()}/docker.sock`,
  ];
  return [...new Set(sockets)].map((path) => ({ endpoint: `unix://${path}`, from: path }));
}

/** Resolves with undefined when an engine answers, otherwise with what happened instead. */
async function ping(endpoint: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (!URL.canParse(endpoint)) {
    return 'is not a URL such as unix:///var/run/docker.sock or tcp://127.0.0.1:2375';
  }
  try {
    return await pingUrl(new URL(endpoint), environment);
  } catch (error) {
    return (error as Error).message;
  }
}

async function pingUrl(url: URL, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  switch (url.protocol) {
    case 'unix:':
      if (!existsSync(url.pathname)) {
        return 'does not exist';
      }
      return request(get, { socketPath: url.pathname });
    case 'tcp:':
    case 'http:':
    case 'https:': {
      const address = { host: url.hostname, port: url.port === '' ? '2375' : url.port };
      if (environment.DOCKER_TLS_VERIFY !== '1') {
        return request(get, address);
      }
      const { get: getEncrypted } = await import('node:https');
      return request(getEncrypted, { ...address, ...readCertificates(environment.DOCKER_CERT_PATH) });
    }
    default:
      return `Testcontainers does not speak ${url.protocol}//`;
  }
}

function request(getFrom: typeof get, options: object): Promise<string | undefined> {
  return new Promise((resolve) => {
    const call = getFrom({ ...options, path: '/_ping', agent: false, timeout: PING_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? undefined : `answered ${response.statusCode} to a ping`);
    });
    call.once('timeout', () => call.destroy(new Error(`no answer within ${PING_TIMEOUT_MS / 1000} s`)));
    call.once('error', (error: NodeJS.ErrnoException) => resolve(explain(error)));
  });
}

function explain(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'connection refused, so nothing listens there';
    case 'EACCES':
      return 'permission denied: this user may not use the engine';
    case 'ENOTFOUND':
      return 'there is no host of that name';
    default:
      return error.message;
  }
}

function readCertificates(folder: string | undefined): object {
  if (folder === undefined) {
    return {};
  }
  const read = (name: string) => readFileSync(join(folder, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

function readProperties(): Map<string, string> {
  try {
    const lines = readFileSync(join(homedir(), '.testcontainers.properties'), 'utf8').split('\n');
    return new Map(
      lines
        .map((line) => /^\s*([\w.]+)\s*[=:]\s*(.*?)\s*$/.exec(line))
        .flatMap((match) =>
          match?.[1] === undefined || match[2] === undefined ? [] : [[match[1], match[2]] as const],
        ),
    );
  } catch {
    return new Map();
  }
}

function dockerContext(): string | undefined {
  try {
    const config: unknown = JSON.parse(readFileSync(join(homedir(), '.docker/config.json'), 'utf8'));
    const context = (config as { currentContext?: unknown }).currentContext;
    return typeof context === 'string' && context !== 'default' ? context : undefined;
  } catch {
    return undefined;
  }
}
