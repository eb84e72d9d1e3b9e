import { readVersion } from './wiremock-version.ts';

/**
 * Checks a WireMock that was given by its URL.
 *
 * @returns Its version.
 * @throws {Error} when there is no WireMock at that URL.
 */
export async function inspectWiremock(url: string, variable: string): Promise<string> {
  try {
    return await readVersion(url);
  } catch (cause) {
    const { message, cause: deeper } = cause as Error;
    const reason = deeper instanceof Error ? `${message}: ${deeper.message}` : message;
    throw new Error(
      `${variable} names ${url}, where no WireMock answers (${reason}). Start it, correct the URL, or unset ${variable} so that the testkit starts one.`,
      { cause },
    );
  }
}
