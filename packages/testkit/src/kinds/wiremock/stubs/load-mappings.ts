import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { ResponseDefinition, Stub, StubMapping } from '@splitlevel/openapi';
import { checkMapping } from './check-mapping.ts';

const FILES = '__files';

/**
 * Reads the mapping files of an upstream: every `*.json` in its folder and the folders below it, each with one mapping
 * or `{ "mappings": [ … ] }`. Files named by `bodyFileName` are put in, from the folder's `__files`.
 * @param folder `stubs/<upstream>`; one that is not there has no stubs
 * @throws {Error} when a file is not JSON (with its line), is not a mapping, or names a file that is not there
 */
export function loadMappings(folder: string): Stub[] {
  if (!existsSync(folder)) {
    return [];
  }
  return jsonFilesOf(folder).flatMap((file) => {
    const source = relative(process.cwd(), file);
    const mappings = mappingsOf(parse(readFileSync(file, 'utf8'), source));
    return mappings.map((mapping, index) => {
      const place = mappings.length > 1 ? `${source} (mapping ${index + 1} of ${mappings.length})` : source;
      checkMapping(mapping, place);
      return { mapping: withBody(mapping, join(folder, FILES), place), source: place };
    });
  });
}

function jsonFilesOf(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry: Dirent) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => !relative(folder, file).split(sep).includes(FILES)).sort();
}

function mappingsOf(content: unknown): unknown[] {
  const { mappings } = (content ?? {}) as { mappings?: unknown };
  if (Array.isArray(mappings)) {
    return mappings;
  }
  return Array.isArray(content) ? content : [content];
}

/**
 * Parses JSON.
 * @param source the file's path, for the message
 * @throws {Error} that begins with `path:line:column`
 */
export function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const { message } = cause as Error;
    const before = text.slice(0, positionOf(message) ?? firstWrong(text)).split('\n');
    const place = `${source}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
    throw new Error(`${place}: this mapping file is not JSON: ${message}`, { cause });
  }
}

function positionOf(message: string): number | undefined {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  return position === undefined ? undefined : Number(position);
}

/**
 * V8 gives no position for short strings: the longest beginning that could still become JSON ends where the mistake is.
 */
function firstWrong(text: string): number {
  let [fine, wrong] = [0, text.length + 1];
  while (wrong - fine > 1) {
    const middle = Math.floor((fine + wrong) / 2);
    if (couldGoOn(text.slice(0, middle))) {
      fine = middle;
    } else {
      wrong = middle;
    }
  }
  return fine;
}

function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const { message } = error as Error;
    return /end of JSON input|Unterminated/.test(message) || (positionOf(message) ?? -1) >= beginning.length;
  }
}

function withBody(mapping: StubMapping, folder: string, source: string): StubMapping {
  const { bodyFileName, ...response } = mapping.response;
  if (bodyFileName === undefined) {
    return mapping;
  }
  return { ...mapping, response: { ...response, ...bodyOf(readBody(folder, bodyFileName, source)) } };
}

function readBody(folder: string, name: string, source: string): Buffer {
  const path = resolve(folder, name);
  const wanted = `${source} names the body file ${JSON.stringify(name)}`;
  if (!existsSync(path)) {
    throw new Error(`${wanted}, which is not there: it is looked for as ${relative(process.cwd(), path)}.`);
  }
  // WireMock confines body files too; the shared one cannot, since it gets their content.
  if (!realpathSync(path).startsWith(realpathSync(folder) + sep)) {
    throw new Error(`${wanted}, which is outside of ${relative(process.cwd(), folder)}.`);
  }
  return readFileSync(path);
}

function bodyOf(content: Buffer): ResponseDefinition {
  const text = content.toString('utf8');
  return Buffer.from(text, 'utf8').equals(content) ? { body: text } : { base64Body: content.toString('base64') };
}
