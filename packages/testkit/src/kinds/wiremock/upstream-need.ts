/** A service of somebody else, which the package calls by HTTP. */
export interface UpstreamNeed {
  readonly kind: 'upstream';
  /** Its stubs are the mapping files `stubs/<name>/*.json` beside the file that declares the need. */
  readonly name: string;
}

const UPSTREAM_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/**
 * Declares an upstream.
 * @throws {Error} when the name cannot be a folder's name.
 */
export function upstream(name: string): UpstreamNeed {
  if (!UPSTREAM_NAME.test(name)) {
    throw new Error(
      `upstream('${name}'): the name is a folder under stubs/: lower-case letters, digits, '.', '_' and '-', such as 'exchange-rates'.`,
    );
  }
  return { kind: 'upstream', name };
}
