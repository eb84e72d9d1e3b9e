import type { GeneratedFolder, Repository } from './repository.ts';

/**
 * Differences between the templates of today and those that a package was made from, a sentence for each package. They
 * are for information, not to be mended: generated files are their owner's.
 */
export function newerTemplates({ generated }: Pick<Repository, 'generated'>): readonly string[] {
  return generated.flatMap((folder) => [...unknown(folder), ...changed(folder)]);
}

function unknown({ folder, generator, problem }: GeneratedFolder): string[] {
  if (problem === undefined) {
    return [];
  }
  return [`${folder}: what ${generator} makes today cannot be told: ${problem}`];
}

function changed({ package: name, folder, generator, version, files, problem }: GeneratedFolder): string[] {
  if (problem !== undefined) {
    return [];
  }
  const paths = files.filter(({ made, now, today }) => today !== made && now !== today).map(({ path }) => path);
  if (paths.length === 0) {
    return [];
  }
  const named = paths.length > 3 ? [...paths.slice(0, 3), `${paths.length - 3} more`] : paths;
  const count = paths.length === 1 ? '1 file' : `${paths.length} files`;
  return [
    `${folder}: the templates are newer than version ${version} of ${generator}, by ${count} (${named.join(', ')}): npx plop update --package ${name}`,
  ];
}
