import { posix } from 'node:path';
import { type Alias, applyAliases } from './aliases.ts';
import type { Reference } from './references.ts';
import { resolveFile } from './resolve-file.ts';

/** A part of a source and what takes its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The old and the new place of a source. Paths are relative to the package, with slashes. */
export interface Relocation {
  /** The path of the source as it is. */
  readonly from: string;
  /** The path as it is going to be. */
  readonly to: string;
  /** Where other files of the package go, by their present paths. */
  readonly moved: ReadonlyMap<string, string>;
  /** The files of the package, by which endings that imports leave out are found. */
  readonly files?: ReadonlySet<string>;
  readonly aliases?: readonly Alias[];
  /** The working directory that the source relies on; undefined for production code, whose paths are its own. */
  readonly workingFolder?: string | undefined;
}

/** The edits that make the references of a source lead to the same files from another folder and working directory. */
export function relocate(
  source: string,
  references: readonly Reference[],
  relocation: Relocation,
): readonly TextEdit[] {
  return references.flatMap((reference) => {
    const { start, end } = reference;
    const written = write(reference, source[start] === '"' ? '"' : "'", relocation);
    return written === undefined || written === source.slice(start, end) ? [] : [{ start, end, text: written }];
  });
}

/** A source with edits made. They do not overlap; those at one place come in their order. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  return edits
    .toReversed()
    .toSorted((left, right) => right.start - left.start || right.end - left.end)
    .reduce((text, { start, end, text: by }) => `${text.slice(0, start)}${by}${text.slice(end)}`, source);
}

function write({ text, use }: Reference, quote: string, relocation: Relocation): string | undefined {
  const { from, to, moved, files = new Set(), workingFolder } = relocation;
  const [here, there] = [posix.dirname(from), posix.dirname(to)];
  const lead = (target: string) => posix.relative(there, moved.get(target) ?? target);
  switch (use) {
    case 'import':
      return quoted(importOf(text, relocation), quote);
    case 'url': {
      if (/^([a-z][a-z+.-]*:|\/|#|\?)/i.test(text)) {
        return undefined;
      }
      const isFolder = /(^|\/)\.{0,2}$/.test(text);
      const path = lead(posix.join(here, text)).replace(/\/?$/, isFolder ? '/' : '');
      return quoted(dotted(path), quote);
    }
    case 'path':
      if (text.startsWith('/')) {
        return undefined;
      }
      return quoted(lead(posix.join(here, text)).replace(/\/?$/, text.endsWith('/') ? '/' : ''), quote);
    case 'folder':
      return here === there ? undefined : fromFolder(posix.relative(there, here));
    case 'file':
      return here === there ? undefined : fromFolder(posix.relative(there, from));
    case 'file-url':
      return here === there ? undefined : `new URL('${dotted(posix.relative(there, from))}', import.meta.url)`;
    case 'working-path':
    case 'working-file': {
      if (workingFolder === undefined || text === '' || text.startsWith('/')) {
        return undefined;
      }
      const target = posix.join(workingFolder, text).replace(/\/$/, '');
      const top = use === 'working-file' && target.includes('/') ? target.split('/')[0] : target;
      const exists = files.has(target) || [...files].some((file) => file.startsWith(`${top}/`));
      return exists ? fromFolder(lead(target) + (text.endsWith('/') ? '/' : '')) : undefined;
    }
    case 'working-folder':
      return workingFolder === undefined ? undefined : fromFolder(posix.relative(there, workingFolder));
  }
}

function importOf(specifier: string, { from, to, moved, files = new Set(), aliases = [] }: Relocation): string {
  const [path = '', query = ''] = specifier.split(/(?=\?)/);
  const aliased = applyAliases(path, aliases);
  const isRelative = /^\.\.?(\/|$)/.test(path);
  if (!isRelative && (aliased === undefined || aliased.file === undefined)) {
    return aliased?.specifier ?? specifier;
  }
  const target = aliased?.file ?? posix.join(posix.dirname(from), path);
  const file = resolveFile(target, files);
  const place = file === undefined ? (moved.get(target) ?? target) : (moved.get(file) ?? file);
  // TypeScript has the ending of what it makes for its sources too: './util.js' for util.ts.
  const isMadeOf = file !== undefined && !moved.has(file) && /\.[cm]?js$/.test(target) && file !== target;
  const written = isMadeOf ? place.replace(/\.[^.]+$/, posix.extname(target)) : place;
  const led = posix.relative(posix.dirname(to), written);
  return `${dotted(led)}${path.endsWith('/') && file === undefined ? '/' : ''}${query}`;
}

function fromFolder(path: string): string {
  return path === '' ? 'import.meta.dirname' : `\`\${import.meta.dirname}/${path.replaceAll(/[`\\$]/g, '\\$&')}\``;
}

function dotted(path: string): string {
  if (path === '' || path === '/') {
    return './';
  }
  return /^\.\.?(\/|$)/.test(path) ? path : `./${path}`;
}

function quoted(text: string, quote: string): string {
  return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}
