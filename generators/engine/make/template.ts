import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure, messageOf } from '../failure.ts';
import { foldersOf } from '../pack.ts';
import { inTermsOf, scriptInTermsOf } from '../package-manager/in-terms-of.ts';
import type { PackageManager } from '../package-manager/package-manager.ts';
import { withLf } from '../write/line-ends.ts';

/** A file of a template folder. */
export interface TemplateFile {
  /** Relative to the layer's folder, with forward slashes, as it is named there. */
  readonly path: string;
  /** For messages: where it lies, relative to the workspace. */
  readonly source: string;
  readonly content: Buffer;
}

/** Files of a template that name commands of the package manager. */
const NAMES_COMMANDS = /(\.md|\.ya?ml|(^|\/)Dockerfile)(\.hbs)?$/;

/**
 * Reads a layer's folder, sorted by path. A file of the workspace's own `templates/` replaces the pack's of that name,
 * with `.hbs` or without.
 * @param root of the workspace.
 * @param folder relative to the workspace and to the pack: `templates/service/base`.
 * @param manager whose commands READMEs, CI and Dockerfiles name; the templates themselves have npm's.
 * @throws {Failure} when it is not there, cannot be read, has no files, or holds something that is neither file nor
 * folder.
 */
export function readTemplate(root: string, folder: string, manager: PackageManager): readonly TemplateFile[] {
  const files = new Map<string, TemplateFile>();
  const folders = foldersOf(root, folder);
  if (folders.length === 0) {
    throw new Failure(EXIT.failed, `The template ${folder} is not there`, 'Put the files of the package there.');
  }
  try {
    for (const each of folders) {
      for (const file of filesIn(each, folder)) {
        files.set(file.path.replace(/\.hbs$/, ''), file);
      }
    }
  } catch (error) {
    throw error instanceof Failure
      ? error
      : new Failure(EXIT.failed, `The template ${folder} cannot be read: ${messageOf(error)}`, undefined, error);
  }
  if (files.size === 0) {
    throw new Failure(EXIT.failed, `The template ${folder} has no files`, 'Put the files of the package there.');
  }
  const said = [...files.values()].map((file) => {
    if (!NAMES_COMMANDS.test(file.path)) {
      return file;
    }
    const say = /\.md(\.hbs)?$/.test(file.path) ? inTermsOf : scriptInTermsOf;
    return { ...file, content: Buffer.from(say(manager, file.content.toString('utf8'))) };
  });
  return said.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function filesIn(directory: string, folder: string): readonly TemplateFile[] {
  const files: TemplateFile[] = [];
  walk(directory, '', folder, files);
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
