import type { RequestPattern, StubMapping } from './mapping.ts';

/** A mapping as it is sent to WireMock: of one tenant, under an id of its own. */
export interface TenantMapping extends StubMapping {
  readonly id: string;
}

/** The path under which a tenant's stubs live. */
export function prefixOf(tenant: string): string {
  return `/t/${tenant}`;
}

/**
 * Moves a mapping under the prefix of a tenant, so that tests that share a WireMock do not see each other's: its URL,
 * the name of its scenario (which is global in WireMock), and `metadata.tenant`, by which it is removed.
 */
export function prefixMapping(mapping: StubMapping, tenant: string, id: string): TenantMapping {
  const { request = {}, scenarioName, metadata } = mapping;
  // The file's own identities would be the same for every tenant.
  const {
    uuid: _uuid,
    persistent: _persistent,
    ...rest
  } = mapping as StubMapping & { uuid?: string; persistent?: boolean };
  return {
    ...rest,
    id,
    request: prefixRequest(request, prefixOf(tenant)),
    ...(scenarioName === undefined ? {} : { scenarioName: `${tenant} ${scenarioName}` }),
    metadata: { ...metadata, tenant },
  };
}

function prefixRequest(request: RequestPattern, prefix: string): RequestPattern {
  const { url, urlPath, urlPathTemplate, urlPattern, urlPathPattern } = request;
  if (url !== undefined) return { ...request, url: `${prefix}${url}` };
  if (urlPath !== undefined) return { ...request, urlPath: `${prefix}${urlPath}` };
  if (urlPathTemplate !== undefined) return { ...request, urlPathTemplate: `${prefix}${urlPathTemplate}` };
  if (urlPattern !== undefined) return { ...request, urlPattern: prefixPattern(urlPattern, prefix) };
  return {
    ...request,
    urlPathPattern: urlPathPattern === undefined ? anyPathOf(prefix) : prefixPattern(urlPathPattern, prefix),
  };
}

/** A tenant's id has letters and digits only, so that the prefix needs no escaping in a regular expression. */
function prefixPattern(pattern: string, prefix: string): string {
  return `${prefix}(?:${pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')})`;
}

function anyPathOf(prefix: string): string {
  return `${prefix}(?:/.*)?`;
}

/** The URL that the code under test asked for: without the tenant's prefix. */
export function withoutPrefix(url: string, tenant: string): string {
  const prefix = prefixOf(tenant);
  if (!url.startsWith(prefix)) return url;
  const rest = url.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
