/** A service, where it is served and what it has. */
export interface Served {
  readonly name: string;
  readonly url: string;
  /** As `GET /products`; none where its framework does not tell. */
  readonly routes: readonly string[];
  /** Variables that name its servers, with their URLs. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The text that is printed when a service is served for the first time. */
export function listingOf({ name, url, routes, variables }: Served): string {
  return [
    '',
    ...Object.entries(variables).map(([variable, value]) => `  ${variable}=${value}`),
    ...(routes.length === 0 ? [] : ['', ...routes.map((route) => `  ${route}`)]),
    '',
    `${name} is served at ${url}. Its source, migrations and stubs are loaded again when they change. Ctrl-C ends it.`,
    '',
    '',
  ].join('\n');
}

/**
 * The lines that are printed when a service is served again.
 * @param before the routes that it had
 */
export function shortListingOf({ name, url, routes, variables }: Served, before: readonly string[]): string[] {
  const come = routes.filter((each) => !before.includes(each));
  const gone = before.filter((each) => !routes.includes(each));
  const changes = [
    ...(come.length > 0 ? [`; new: ${come.join(', ')}`] : []),
    ...(gone.length > 0 ? [`; gone: ${gone.join(', ')}`] : []),
  ];
  const servers = Object.entries(variables).map(([variable, value]) => ` ${variable}=${value}`);
  return [
    `${name} is served at ${url} again${changes.join('')}`,
    ...(servers.length === 0 ? [] : [`on${servers.join('')}`]),
  ];
}
