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

function changed({ folder, generator, edited, files, problem }: GeneratedFolder): string[] {
  if (problem !== undefined) {
    return [];
  }
  const paths = files
    .filter(({ path, made, now, today }) => today !== made && now !== today && !edited.includes(path))
    .map(({ path }) => path);
  if (paths.length === 0) {
    return [];
  }
  const named = paths.length > 3 ? [...paths.slice(0, 3), `${paths.length - 3} more`] : paths;
  return [`${folder}: the template of ${generator} is newer: ${named.join(', ')}`];
}
