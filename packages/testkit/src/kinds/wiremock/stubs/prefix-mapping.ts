import type { RequestPattern, StubMapping } from '@splitlevel/openapi';
import { rootedPattern } from './root-pattern.ts';

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
  const { url, urlPath, urlPathTemplate, urlPattern, urlPathPattern, ...rest } = request;
  if (url !== undefined) {
    if (!/^\/(?:\?|$)/.test(url)) {
      return { ...rest, url: `${prefix}${url}` };
    }
    return { ...rest, urlPattern: `${prefix}/?${literally(url.slice(1))}` };
  }
  if ((urlPath ?? urlPathTemplate) === '/') {
    return { ...rest, urlPathPattern: `${prefix}/?` };
  }
  if (urlPath !== undefined) {
    return { ...rest, urlPath: `${prefix}${urlPath}` };
  }
  if (urlPathTemplate !== undefined) {
    return { ...rest, urlPathTemplate: `${prefix}${urlPathTemplate}` };
  }
  if (urlPattern !== undefined) {
    return { ...rest, urlPattern: rootedPattern(prefix, urlPattern) };
  }
  return {
    ...rest,
    urlPathPattern: urlPathPattern === undefined ? anyPathOf(prefix) : rootedPattern(prefix, urlPathPattern),
  };
}

/** A string in a regular expression of Java. */
function literally(text: string): string {
  return text.replaceAll(/[^\w]/g, '\\$&');
}

function anyPathOf(prefix: string): string {
  return `${prefix}(?:/.*)?`;
}

/** The URL that the code under test asked for: without the tenant's prefix. */
export function withoutPrefix(url: string, tenant: string): string {
  const prefix = prefixOf(tenant);
  if (!url.startsWith(prefix)) {
    return url;
  }
  const rest = url.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
