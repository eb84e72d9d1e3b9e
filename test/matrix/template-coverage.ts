import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Layer } from '../../generators/engine/generator.ts';
import { renderLayers } from '../../generators/engine/make/render.ts';
import { readTemplate, type TemplateFile } from '../../generators/engine/make/template.ts';
import { npm } from '../../generators/engine/package-manager/npm.ts';
import { type Branch, branchesIn, markBranches } from './template-branches.ts';

/** Of how many, and which were not rendered by any layer: as `file` or `file:line`. */
export interface TemplateCoverage {
  readonly files: number;
  readonly branches: number;
  readonly unused: readonly string[];
}

/** A template file with marks in it, and what was seen of it. */
interface Watched {
  readonly file: TemplateFile;
  readonly branches: readonly Branch[];
  readonly taken: Set<number>;
  rendered: boolean;
}

/**
 * Renders layers, as the engine does, and tells which files and branches of the generators' templates were left out.
 * @param generators whose templates are to be rendered whole.
 * @param layers of all models, with the generator to which each belongs.
 */
export function coverTemplates(
  root: string,
  generators: readonly string[],
  layers: readonly (Layer & { readonly of: string })[],
): TemplateCoverage {
  const folders = generators.flatMap((name) =>
    readdirSync(join(root, 'templates', name)).map((layer) => `templates/${name}/${layer}`),
  );
  const watched = new Map(folders.map((folder) => [folder, readTemplate(root, folder, npm).map(watch)]));
  for (const { of, template, model } of layers) {
    for (const each of watched.get(`templates/${of}/${template}`) ?? []) {
      const [rendered] = renderLayers([{ files: [each.file], model }]);
      each.rendered = true;
      for (const index of branchesIn(rendered?.content.toString('utf8') ?? '')) {
        each.taken.add(index);
      }
    }
  }
  const all = [...watched.values()].flat();
  return {
    files: all.length,
    branches: all.reduce((count, { branches }) => count + branches.length, 0),
    unused: all.flatMap(unusedOf),
  };
}

function watch(file: TemplateFile): Watched {
  const { text, branches } = file.path.endsWith('.hbs')
    ? markBranches(file.content.toString('utf8'))
    : { text: undefined, branches: [] };
  const content = text === undefined ? file.content : Buffer.from(text);
  return { file: { ...file, content }, branches, taken: new Set(), rendered: false };
}

function unusedOf({ file: { source }, branches, taken, rendered }: Watched): readonly string[] {
  if (!rendered) {
    return [source];
  }
  const left = branches.filter((_, index) => !taken.has(index));
  return left.map(({ line, text }) => `${source}:${line} ${text}`);
}
