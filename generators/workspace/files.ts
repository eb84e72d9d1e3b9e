import type { Answers } from '../engine/answers/options.ts';
import { completeRecord, draftRecord } from '../engine/make/record.ts';
import { type RenderedFile, renderLayers } from '../engine/make/render.ts';
import { readTemplate } from '../engine/make/template.ts';
import type { Workspace } from '../engine/workspace.ts';
import { escapeMarkdown } from '../service/escape-markdown.ts';
import type { options } from './options.ts';

/** Files in which a team is expected to change something: they are not held against the record. */
const TO_BE_CHANGED =
  /^(.*README\.md|CONTRIBUTING\.md|CODEOWNERS|images\.json|package\.json|renovate\.json|\.env|\.gitignore|\.vscode\/.*)$/;

/**
 * Every file of a new repository but its lockfile, with a record of how they were made. The templates are formatted as they
 * lie there, so that nothing needs to be installed.
 * @param title of the repository, as its documents call it.
 */
export function filesOf(
  title: string,
  answers: Omit<Answers<typeof options>, 'directory'>,
  { root, version, versions }: Pick<Workspace, 'root' | 'version' | 'versions'>,
): readonly RenderedFile[] {
  const { scope, forge, owner } = answers;
  const model = {
    title: escapeMarkdown(title),
    descriptionJson: JSON.stringify(`The repository ${title}.`),
    scope,
    owner,
    github: forge === 'github',
    version,
    versions,
  };
  const layers = ['base', forge, ...(owner === '' ? [] : ['owner'])];
  const files = renderLayers(
    layers.map((layer) => ({ files: readTemplate(root, `templates/workspace/${layer}`), model })),
  );
  const held = files.filter(({ path }) => !TO_BE_CHANGED.test(path));
  const record = draftRecord({ generator: 'workspace', version, answers: { directory: title, ...answers } }, held);
  return [...files, ...completeRecord([record, ...held]).slice(0, 1)];
}
