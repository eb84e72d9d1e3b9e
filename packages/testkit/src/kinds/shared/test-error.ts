/** A mistake of a test with its server: its own failure, which is told as it is, and not the server's. */
export class TestError extends Error {
  override readonly name: string = 'TestError';
}

/** A test that ended and left something of its server in use. */
export class LeakError extends TestError {
  override readonly name = 'LeakError';
}
