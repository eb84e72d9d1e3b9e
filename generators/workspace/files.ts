import { formatFiles } from '../engine/format.ts';
import { completeRecord, draftRecord } from '../engine/record.ts';
import { type RenderedFile, renderLayers } from '../engine/render.ts';
import type { TemplateFile } from '../engine/template.ts';
import type { Workspace } from '../engine/workspace.ts';
import { adaptLockfile, type Lockfile } from './lockfile.ts';
import { adaptRoot, adaptTool, type Manifest, type Scopes, withoutUnused } from './manifest.ts';
import { type Forge, LICENCE, licenceOf, otherForges, type Sources } from './sources.ts';
import { TOOLS } from './tools.ts';
import type { KeptFile } from './tracked.ts';
import type { NewFile } from './write.ts';

/** What a new repository is called, and what it has. */
export interface NewRepository {
  /** As its documents call it. */
  readonly title: string;
  readonly scope: string;
  readonly forge: Forge;
  readonly owner: string;
  /** The files of the example package, or none; paths relative to the repository. */
  readonly example: readonly RenderedFile[];
}

/** Files in which a team is expected to change something: they are not held against the record. */
const TO_BE_CHANGED =
  /^(README\.md|CONTRIBUTING\.md|CODEOWNERS|images\.json|package(-lock)?\.json|renovate\.json|\.env|\.gitignore|\.vscode\/.*)$/;
/** Where names of the tools' packages stand in the text. */
const NAMES_PACKAGES = /\.(md|ts|hbs|ya?ml|json)$/;

/**
 * Every file of a new repository: the root's own as they are here, the tools with their names, the documents from the
 * templates, and a record of it all.
 * @param scratch the workspace's private folder, locked by the caller.
 * @throws Failure when something that it is made from is not there.
 */
export function filesOf(
  repository: NewRepository,
  sources: Sources,
  workspace: Workspace,
  scratch: string,
): readonly NewFile[] {
  const { root } = workspace;
  const scopes = { from: workspace.scope, to: repository.scope };
  const given = sources.files.map((file) => adaptSource(file, scopes));
  const same = new Set<KeptFile>(sources.files);
  // Another scope is sorted elsewhere among the imports, and makes lines longer or shorter.
  const renamed = given.filter((file) => !same.has(file) && !file.path.endsWith('.hbs'));
  const manifests = manifestsOf(sources, given, repository, scopes);
  const lockfile = adaptLockfile(parse<Lockfile>(sources.needed('package-lock.json')), manifests, scopes);
  const texts: RenderedFile[] = [
    { path: 'package.json', content: json(manifests.get('')) },
    ...render(repository, sources),
  ];
  const formatted = formatFiles(root, '.', [...texts, ...renamed], scratch);
  const others = [
    ...given.filter((file) => !renamed.includes(file)),
    { path: 'package-lock.json', content: json(lockfile) },
    { path: LICENCE, content: licenceOf(sources) },
    ...repository.example,
  ];
  const files = [...formatted, ...others].toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const kinds = new Map(given.map(({ path, kind }) => [path, kind]));
  const plain = files.filter(({ path }) => kinds.get(path) !== 'link');
  return [...files, recordOf(repository, workspace, plain, scratch)].map((file) => ({
    ...file,
    kind: kinds.get(file.path) ?? 'file',
  }));
}

function adaptSource(file: KeptFile, scopes: Scopes): KeptFile {
  const { path, content, kind } = file;
  if (kind === 'link' || !NAMES_PACKAGES.test(path)) return file;
  const text = content.toString('utf8');
  if (/^packages\/[^/]+\/package\.json$/.test(path)) {
    return { ...file, content: json(adaptTool(JSON.parse(text) as Manifest, scopes)) };
  }
  const named = TOOLS.reduce(
    (current, tool) => current.replaceAll(`${scopes.from}/${tool}`, () => `${scopes.to}/${tool}`),
    text,
  );
  return named === text ? file : { ...file, content: Buffer.from(named) };
}

/** The package.json of each package by its folder, the root's by ''. */
function manifestsOf(
  sources: Sources,
  given: readonly KeptFile[],
  { title, forge, example }: NewRepository,
  scopes: Scopes,
): ReadonlyMap<string, Manifest> {
  const own = parse<Manifest>(sources.needed('package.json'));
  const manifests = [...given, ...example]
    .filter(({ path }) => /^packages\/[^/]+\/package\.json$/.test(path))
    .map(
      ({ path, content }) => [path.slice(0, -'/package.json'.length), JSON.parse(String(content)) as Manifest] as const,
    );
  const texts = given
    .filter(({ path }) => NAMES_PACKAGES.test(path) && !path.endsWith('.md'))
    .map(({ content }) => String(content));
  const adapted = withoutUnused(adaptRoot(own, scopes, `The repository ${title}.`, otherForges(forge)), scopes, texts);
  return new Map([['', adapted], ...manifests]);
}

function render(repository: NewRepository, sources: Sources): readonly RenderedFile[] {
  const { title, scope, forge, owner, example } = repository;
  const model = {
    title: escapeMarkdown(title),
    scope,
    owner,
    github: forge === 'github',
    example: example.length > 0,
  };
  const layers = ['base', ...(owner === '' ? [] : ['owner'])];
  return renderLayers(layers.map((layer) => ({ files: templateOf(sources, layer), model })));
}

function templateOf(sources: Sources, layer: string): readonly TemplateFile[] {
  const folder = `templates/workspace/${layer}`;
  return sources
    .below(folder)
    .map(({ path, content }) => ({ path: path.slice(folder.length + 1), source: path, content }));
}

function recordOf(
  { title, scope, forge, owner, example }: NewRepository,
  { root, version }: Workspace,
  files: readonly RenderedFile[],
  scratch: string,
): RenderedFile {
  const theirs = new Set(example);
  const held = files.filter((file) => !TO_BE_CHANGED.test(file.path) && !theirs.has(file));
  const answers = { directory: title, scope, forge, owner, example: example.length > 0 };
  const draft = draftRecord({ generator: 'workspace', version, answers }, held);
  const [record = draft] = formatFiles(root, '.', [draft], scratch);
  return completeRecord([record, ...held])[0] ?? record;
}

function parse<T>(content: Buffer): T {
  return JSON.parse(content.toString('utf8')) as T;
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** A name as Markdown shows it. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
