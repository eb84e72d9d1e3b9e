/** The options of both runtimes. The journal is bounded, or a long run would fill the memory. */
export const wiremockOptions = [
  '--disable-banner',
  '--max-request-journal-entries',
  '10000',
  '--logged-response-body-size-limit',
  '10000',
];

/**
 * A JVM that lives for a test run: compiled quickly rather than well. To tell of a request takes WireMock 16 times the
 * memory of its body; what is not needed is not taken. One without memory ends: it would answer some requests, and
 * others not.
 */
export const javaOptions = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Xms64m',
  '-Xmx1g',
  '-XX:+ExitOnOutOfMemoryError',
];
