/** Where Fastify's logger would otherwise write secrets that came with a request. */
export const redact = ['authorization', 'cookie', 'set-cookie', 'proxy-authorization', 'x-api-key'].flatMap(
  (header) => [`req.headers["${header}"]`, `res.headers["${header}"]`, `headers["${header}"]`],
);

/** Takes the passwords out of the URLs in a line of the log: of a database's address in an error, for example. */
export function withoutPasswords(line: string): string {
  return line.replace(/(\/\/[^/\s:@"]*:)[^/\s@"]*@/g, '$1[redacted]@');
}
