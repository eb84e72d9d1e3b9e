import { httpGet } from '../http-get.ts';
import type { Kind } from './kind.ts';

/** The options of both runtimes. What the journal keeps is bounded, or a long run would fill the memory. */
export const wiremockOptions = [
  ...['--disable-banner', '--max-request-journal-entries', '10000', '--logged-response-body-size-limit', '10000'],
];

/**
 * A JVM that lives for a test run: compiled quickly rather than well. To tell of a request takes WireMock 16 times the memory
 * of its body; what is not needed is not taken. One without memory ends: it would answer some requests, and others not.
 */
export const javaOptions = [
  ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xms64m', '-Xmx1g', '-XX:+ExitOnOutOfMemoryError'],
];

/** How long the server may take to say its version, in milliseconds. */
const VERSION_TIMEOUT = 3000;

export const wiremock: Kind = {
  title: 'WireMock',
  container: () => ({
    port: 8080,
    command: wiremockOptions,
    environment: { JAVA_OPTS: javaOptions.join(' ') },
  }),
  embedded: async (start) => {
    const { startWiremock } = await import('../embedded/wiremock.ts');
    return startWiremock(start);
  },
  embeddedProblem: async (environment) => {
    const { findJava, missingJava } = await import('../embedded/java.ts');
    return findJava(environment) === undefined ? missingJava(environment) : undefined;
  },
  ready: { path: '/__admin/health' },
  url: (host, port) => `http://${host}:${port}`,
  version: (_log, url) => readVersion(url),
  inspect: async (url, variable) => {
    const { inspectWiremock } = await import('../given/wiremock.ts');
    return inspectWiremock(url, variable);
  },
};

/** Asks a WireMock for its version, see https://wiremock.org/docs/standalone/administration/. */
export async function readVersion(url: string): Promise<string> {
  const { status, body } = await httpGet(`${url}/__admin/version`, AbortSignal.timeout(VERSION_TIMEOUT));
  const version = status === 200 ? parseVersion(body) : undefined;
  if (version === undefined) {
    throw new Error(`${url}/__admin/version was answered ${status} without a version: this is no WireMock 3`);
  }
  return version;
}

function parseVersion(body: string): string | undefined {
  try {
    const { version } = JSON.parse(body) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
