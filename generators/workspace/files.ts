import { formatFiles } from '../engine/format.ts';
import { completeRecord, draftRecord } from '../engine/record.ts';
import { type RenderedFile, renderLayers } from '../engine/render.ts';
import { readTemplate } from '../engine/template.ts';
import type { Workspace } from '../engine/workspace.ts';
import { adaptLockfile, type Lockfile } from './lockfile.ts';
import { adaptRoot, adaptTool, type Manifest, type Scopes, withoutUnused } from './manifest.ts';
import {
  type Forge,
  LICENCE,
  otherForges,
  readLicence,
  readNeeded,
  readSources,
  type SourceFile,
  TOOLS,
} from './sources.ts';
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
  /^(README\.md|CONTRIBUTING\.md|CODEOWNERS|images\.json|package(-lock)?\.json|renovate\.json|\.gitignore|\.vscode\/.*)$/;
/** Where names of the tools' packages stand in the text. */
const NAMES_PACKAGES = /\.(md|ts|hbs|ya?ml|json)$/;

/**
 * Every file of a new repository: the root's own as they are here, the tools with their names, the documents from the
 * templates, and a record of it all.
 * @param scratch the workspace's private folder, locked by the caller.
 * @throws Failure when something that it is made from is not there.
 */
export function filesOf(repository: NewRepository, workspace: Workspace, scratch: string): readonly NewFile[] {
  const { root } = workspace;
  const scopes = { from: workspace.scope, to: repository.scope };
  const sources = readSources(root, repository.forge).map((file) => adaptSource(file, scopes));
  const manifests = manifestsOf(root, sources, repository, scopes);
  const lockfile = adaptLockfile(JSON.parse(readNeeded(root, 'package-lock.json')) as Lockfile, manifests, scopes);
  const texts: RenderedFile[] = [
    { path: 'package.json', content: json(manifests.get('')) },
    ...render(repository, root),
  ];
  const formatted = formatFiles(root, '.', texts, scratch);
  const others = [
    ...sources,
    { path: 'package-lock.json', content: json(lockfile) },
    { path: LICENCE, content: Buffer.from(readLicence(root)) },
    ...repository.example,
  ];
  const files = [...formatted, ...others].toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const executable = new Set(sources.filter((file) => file.executable).map(({ path }) => path));
  return [...files, recordOf(repository, workspace, files, scratch)].map((file) => ({
    ...file,
    executable: executable.has(file.path),
  }));
}

function adaptSource(file: SourceFile, scopes: Scopes): SourceFile {
  const { path, content } = file;
  if (!NAMES_PACKAGES.test(path)) return file;
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
  root: string,
  sources: readonly SourceFile[],
  { title, forge, example }: NewRepository,
  scopes: Scopes,
): ReadonlyMap<string, Manifest> {
  const own = JSON.parse(readNeeded(root, 'package.json')) as Manifest;
  const manifests = [...sources, ...example]
    .filter(({ path }) => /^packages\/[^/]+\/package\.json$/.test(path))
    .map(
      ({ path, content }) => [path.slice(0, -'/package.json'.length), JSON.parse(String(content)) as Manifest] as const,
    );
  const texts = sources
    .filter(({ path }) => NAMES_PACKAGES.test(path) && !path.endsWith('.md'))
    .map(({ content }) => String(content));
  const adapted = withoutUnused(adaptRoot(own, scopes, `The repository ${title}.`, otherForges(forge)), scopes, texts);
  return new Map([['', adapted], ...manifests]);
}

function render(repository: NewRepository, root: string): readonly RenderedFile[] {
  const { title, scope, forge, owner, example } = repository;
  const model = {
    title: escapeMarkdown(title),
    scope,
    owner,
    github: forge === 'github',
    example: example.length > 0,
  };
  const layers = ['base', ...(owner === '' ? [] : ['owner'])];
  return renderLayers(layers.map((layer) => ({ files: readTemplate(root, `templates/workspace/${layer}`), model })));
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

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** A name as Markdown shows it. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
