import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../scratch-workspace.ts';

/** A Markdown file that people write by hand. */
export interface Document {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of code. */
export interface Block {
  readonly document: string;
  readonly language: string;
  readonly code: string;
}

/** A block that is a file: its first line is a comment with the path, from the root of a repository. */
export interface Example extends Block {
  readonly path: string;
}

/** Documents for users of Splitlevel; their commands work in every repository on the standard. */
export const forUsers: readonly Document[] = read('README.md', ...markdownIn('docs'));

export const documents: readonly Document[] = [
  ...forUsers,
  ...read('CONTRIBUTING.md', 'SECURITY.md', 'test/planted-bugs/README.md'),
  ...read(...['ci', 'create-splitlevel', 'generators', 'guards'].map((name) => `packages/${name}/README.md`)),
  ...read(...['levels', 'openapi', 'splitlevel', 'standard', 'testkit'].map((name) => `packages/${name}/README.md`)),
];

export function documentAt(path: string): Document {
  const found = documents.find((document) => document.path === path);
  if (found === undefined) {
    throw new Error(`${path} is not among the documents`);
  }
  return found;
}

export function blocksOf({ path, text }: Document): readonly Block[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => {
    return { document: path, language, code };
  });
}

/** The blocks of code that are files, TypeScript and what it reads. */
export function examplesOf(document: Document): readonly Example[] {
  return blocksOf(document).flatMap((block) => {
    const [, path] = /^(?:\/\/|#) (\S+\.(?:ts|yaml))\n/.exec(block.code) ?? [];
    return path === undefined ? [] : [{ ...block, path }];
  });
}

/** Everything that a document shows as code, a line each: blocks, indented blocks and code in sentences. */
export function codeLinesOf({ text }: Document): readonly string[] {
  const blocks = [...text.matchAll(/^```(?:sh)?\n(.*?)^```$/gms)].flatMap(([, code = '']) => code.split('\n'));
  const prose = text.replaceAll(/^```.*?^```$/gms, '');
  const indented = [...prose.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line);
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  return [...blocks, ...indented, ...spans];
}

/** The commands of a document that begin like this, each as its words: 'npx plop' → ['service', 'orders']. */
export function commandsOf(document: Document, beginning: string): readonly (readonly string[])[] {
  const commands = codeLinesOf(document).flatMap((line) => line.replace(/\s#.*$/, '').split(' && '));
  return commands
    .map((command) => command.trim())
    .filter((command) => command === beginning || command.startsWith(`${beginning} `))
    .map((command) => wordsOf(command).slice(beginning.split(' ').length));
}

/** The words of a command line, as a shell without variables and patterns takes them. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replaceAll(/['"]/g, ''));
}

function read(...paths: readonly string[]): readonly Document[] {
  return paths.map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }));
}

function markdownIn(folder: string): readonly string[] {
  const names = readdirSync(join(repositoryRoot, folder)).filter((name) => name.endsWith('.md'));
  return names.toSorted().map((name) => `${folder}/${name}`);
}
