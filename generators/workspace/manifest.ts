/** The parts of a package.json that are adapted. */
export interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly nx?: { readonly targets?: Readonly<Record<string, { readonly command?: string }>> };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** Folders that stay behind: Splitlevel's own tests, benchmarks and CI. */
const LEFT_BEHIND = ['test', 'bench', '.ci'];

/** What commands run, or types need, without being imported. */
const TOOLCHAIN = /^(node|nx|plop|typescript|vitest|@biomejs\/biome|@types\/.+)$/;

/** From one scope to another. */
export interface Scopes {
  readonly from: string;
  readonly to: string;
}

/**
 * The root's package.json for a new repository: its name, and no script or target of what stays behind.
 * @param others files of other forges, which stay behind too.
 */
export function adaptRoot(
  manifest: Manifest,
  scopes: Scopes,
  description: string,
  others: readonly string[] = [],
): Manifest {
  const gone = [...LEFT_BEHIND, ...others];
  const { license: _, ...rest } = renameIn(manifest, scopes);
  const targets = Object.entries(rest.nx?.targets ?? {}).flatMap(([name, target]) => {
    const command = target.command === undefined ? undefined : adaptCommand(target.command, gone);
    return command === null ? [] : [[name, command === undefined ? target : { ...target, command }] as const];
  });
  const dropped = Object.keys(rest.nx?.targets ?? {}).filter((name) => !targets.some(([kept]) => kept === name));
  const scripts = Object.entries(rest.scripts ?? {}).filter(
    ([, script]) =>
      adaptCommand(script, gone) === script && !dropped.some((target) => script === `nx ${target} workspace`),
  );
  return {
    ...rest,
    description,
    scripts: Object.fromEntries(scripts),
    nx: { ...rest.nx, targets: Object.fromEntries(targets) },
  };
}

/** The manifest without the development dependencies that nothing in the new repository names. */
export function withoutUnused(manifest: Manifest, { to }: Scopes, texts: readonly string[]): Manifest {
  const isUsed = (name: string): boolean => {
    // In code, in a rule of nx.json, or as a version in a template.
    const mentions = [`'${name}'`, `"${name}"`, `'${name}/`, `"${name}/`, `[${name}]`, `versions.${name}}`];
    return (
      TOOLCHAIN.test(name) ||
      name.startsWith(`${to}/`) ||
      texts.some((text) => mentions.some((each) => text.includes(each)))
    );
  };
  const used = Object.entries(manifest.devDependencies ?? {}).filter(([name]) => isUsed(name));
  return { ...manifest, devDependencies: Object.fromEntries(used) };
}

/** A tool's package.json: its name, and no integration suite, which stays behind. */
export function adaptTool(manifest: Manifest, scopes: Scopes): Manifest {
  const renamed = renameIn(manifest, scopes);
  const targets = Object.entries(renamed.nx?.targets ?? {}).filter(([name]) => name !== 'integration');
  return { ...renamed, nx: { ...renamed.nx, targets: Object.fromEntries(targets) } };
}

/** A manifest, or an entry of a lockfile, with the packages of one scope named by the other. */
export function renameIn<M extends Partial<Manifest>>(manifest: M, scopes: Scopes): M {
  const groups = ['dependencies', 'devDependencies', 'peerDependencies'] as const;
  const renamed = groups.flatMap((group) => {
    const entries = manifest[group];
    return entries === undefined ? [] : [[group, sortByName(entries, scopes)] as const];
  });
  const name = manifest.name === undefined ? {} : { name: rename(manifest.name, scopes) };
  return { ...manifest, ...name, ...Object.fromEntries(renamed) };
}

/** The name of a package in the other scope; a package of any other scope keeps its name. */
export function rename(name: string, { from, to }: Scopes): string {
  return name.startsWith(`${from}/`) ? `${to}${name.slice(from.length)}` : name;
}

/** In the order in which npm keeps dependencies. */
function sortByName(entries: Readonly<Record<string, string>>, scopes: Scopes): Record<string, string> {
  const renamed = Object.entries(entries).map(([name, version]) => [rename(name, scopes), version] as const);
  return Object.fromEntries(renamed.toSorted(([left], [right]) => left.localeCompare(right, 'en')));
}

/** A command without what is gone; null where it was about nothing else. */
function adaptCommand(command: string, gone: readonly string[]): string | null {
  const words = command.split(' ');
  const isGone = (word: string) => gone.some((path) => word === path || word.startsWith(`${path}/`));
  const kept = words.filter((word) => !isGone(word.replaceAll("'", '')));
  const isAboutMore = kept.some((word) => /[*/.]|^(generators|templates)$/.test(word));
  return kept.length === words.length ? command : isAboutMore ? kept.join(' ') : null;
}
