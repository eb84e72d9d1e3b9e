import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure, messageOf } from './failure.ts';
import { withLf } from './line-ends.ts';

/** A file of a template folder. */
export interface TemplateFile {
  /** Relative to the layer's folder, with forward slashes, as it is named there. */
  readonly path: string;
  /** For messages: where it lies, relative to the workspace. */
  readonly source: string;
  readonly content: Buffer;
}

/**
 * Reads a layer's folder, sorted by path.
 * @param folder relative to the workspace: `templates/service/base`.
 * @throws Failure when it cannot be read, has no files, or holds something that is neither file nor folder.
 */
export function readTemplate(root: string, folder: string): readonly TemplateFile[] {
  const files: TemplateFile[] = [];
  try {
    walk(join(root, folder), '', folder, files);
  } catch (error) {
    throw error instanceof Failure
      ? error
      : new Failure(EXIT.failed, `The template ${folder} cannot be read: ${messageOf(error)}`, undefined, error);
  }
  if (files.length === 0) {
    throw new Failure(EXIT.failed, `The template ${folder} has no files`, 'Put the files of the package there.');
  }
  return files;
}

function walk(directory: string, prefix: string, folder: string, files: TemplateFile[]): void {
  const entries = readdirSync(directory, { withFileTypes: true });
  for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = prefix + entry.name;
    if (entry.isDirectory()) {
      walk(join(directory, entry.name), `${path}/`, folder, files);
    } else if (entry.isFile()) {
      files.push({ path, source: `${folder}/${path}`, content: withLf(readFileSync(join(directory, entry.name))) });
    } else {
      throw new Failure(EXIT.failed, `${folder}/${path} is neither a file nor a folder`, 'Templates hold plain files.');
    }
  }
}
