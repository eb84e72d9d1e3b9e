/** The values of `sslmode` and `ssl` with which a client asks for no TLS, or takes any server's certificate. */
const ANY_NAME = ['disable', 'allow', 'no-verify', 'false', '0'];

/**
 * Why a proxy on loopback cannot stand before the server of a URL, as it follows "because"; undefined if it can. Clients
 * take the host, the port and TLS from parameters of the URL too.
 */
export function proxyObstacle(url: string): string | undefined {
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  if (host === '' || host.startsWith('/')) {
    return 'its URL leads to a Unix socket';
  }
  if (searchParams.has('host') || searchParams.has('port')) {
    return 'its URL names the server in its parameters';
  }
  const tls = ['sslmode', 'ssl'].find((name) => !ANY_NAME.includes(searchParams.get(name) ?? 'disable'));
  return tls === undefined
    ? undefined
    : `its URL asks for TLS (${tls}), whose certificate is for the server's own name`;
}
