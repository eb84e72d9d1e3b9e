import type { ServerKind } from '../../../servers/server-kind.ts';
import { javaOptions, wiremockOptions } from './wiremock-options.ts';
import { readVersion } from './wiremock-version.ts';

export const server: ServerKind<'wiremock'> = {
  name: 'wiremock',
  module: import.meta.filename,
  title: 'WireMock',
  container: () => ({
    port: 8080,
    command: wiremockOptions,
    environment: { JAVA_OPTS: javaOptions.join(' ') },
  }),
  embedded: async (start) => {
    const { startWiremock } = await import('./embedded-wiremock.ts');
    return startWiremock(start);
  },
  embeddedProblem: async (environment) => {
    const { findJava, missingJava } = await import('../../../servers/embedded/java.ts');
    return findJava(environment) === undefined ? missingJava(environment) : undefined;
  },
  ready: { path: '/__admin/health' },
  url: (host, port) => `http://${host}:${port}`,
  version: (_log, url) => readVersion(url),
  inspect: async (url, variable) => {
    const { inspectWiremock } = await import('./given-wiremock.ts');
    return inspectWiremock(url, variable);
  },
};
