import type { Finding, Rule } from '../finding.ts';
import type { GeneratedFile, GeneratedFolder } from '../repository.ts';

export const edited: Rule = {
  name: 'edited',
  asks: 'generated files are as they were made, or the owner’s',
  check: ({ generated }) =>
    generated.flatMap((folder) =>
      unowned(folder)
        .filter(
          (file) =>
            file.made !== undefined && file.now !== file.made && !isNewer(file, folder) && file.now !== file.today,
        )
        .map(({ path, now }) => ({
          package: folder.package,
          what: `${pathIn(folder, path)} was ${now === undefined ? 'deleted' : 'edited'} since ${folder.generator} made it`,
          todo: `Restore it, or take it over: npm run standard -- --own ${pathIn(folder, path)}`,
        })),
    ),
};

export const newer: Rule = {
  name: 'newer',
  asks: 'generated files are what the templates make today',
  check: ({ generated }) =>
    generated.flatMap((folder) => [
      ...problemOf(folder),
      ...unowned(folder)
        .filter((file) => isNewer(file, folder))
        .map(({ path, made, now, today }) => ({
          package: folder.package,
          what: `${pathIn(folder, path)}: ${change(made, today)}${now !== made && made !== undefined ? ', and the file was edited' : ''}`,
          todo: `Generate under another name and bring the change in, or take the file over: npm run standard -- --own ${pathIn(folder, path)}`,
        })),
    ]),
};

function problemOf({ package: name, folder, generator, problem }: GeneratedFolder): Omit<Finding, 'rule'>[] {
  if (problem === undefined) return [];
  const what = `${folder === '.' ? '' : `${folder}/`}.splitlevel.json: what ${generator} makes today cannot be told: ${problem}`;
  return [
    { package: name, what, todo: 'Restore the record from version control, or remove it to take the package over.' },
  ];
}

/** The template has changed, and the file has not followed. */
function isNewer({ made, now, today }: GeneratedFile, { problem }: GeneratedFolder): boolean {
  return problem === undefined && today !== made && now !== today;
}

function change(made: string | undefined, today: string | undefined): string {
  if (made === undefined) return 'the template makes this file now';
  return today === undefined ? 'the template does not make this file any more' : 'the template is newer than the file';
}

function unowned({ files, owned }: GeneratedFolder): readonly GeneratedFile[] {
  return files.filter(({ path }) => !owned.includes(path));
}

function pathIn({ folder }: GeneratedFolder, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}
