/** Why a proxy on loopback cannot stand before the server of a URL, as it follows "because"; undefined if it can. */
export function proxyObstacle(url: string): string | undefined {
  const { searchParams } = new URL(url);
  if (searchParams.has('socketPath')) {
    return 'its URL leads to a Unix socket';
  }
  // mysql2 checks the name in the server's certificate where it is told to, and only then.
  return searchParams.get('ssl')?.includes('verifyIdentity')
    ? "its URL asks for TLS with the server's own name (verifyIdentity)"
    : undefined;
}
