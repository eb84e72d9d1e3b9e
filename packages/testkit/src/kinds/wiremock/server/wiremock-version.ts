import { httpGet } from '../../../servers/http-get.ts';

/** How long the server may take to say its version. */
const VERSION_TIMEOUT_MS = 3000;

/** Asks a WireMock for its version, see https://wiremock.org/docs/standalone/administration/. */
export async function readVersion(url: string): Promise<string> {
  const { status, body } = await httpGet(`${url}/__admin/version`, AbortSignal.timeout(VERSION_TIMEOUT_MS));
  const version = status === 200 ? parseVersion(body) : undefined;
  if (version === undefined) {
    throw new Error(`${url}/__admin/version was answered ${status} without a version: this is not WireMock 3`);
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
