import type { Answers } from '../answers/options.ts';
import type { Model, TemplateGenerator } from '../generator.ts';
import { npm } from '../package-manager/npm.ts';
import { confine } from '../plan/confine.ts';
import type { Workspace } from '../workspace.ts';
import { refuseCollisions, standInAnswers } from './collisions.ts';
import { formatFiles } from './format.ts';
import { completeRecord, draftRecord } from './record.ts';
import { type LoadedLayer, type RenderedFile, renderLayers } from './render.ts';
import { readTemplate, type TemplateFile } from './template.ts';

/**
 * From answers to the files as they are to be: rendered, formatted, and with their record among them.
 * @param scratch the workspace's private folder, locked by the caller.
 * @throws {Failure} when the template cannot be rendered or the answers' names clash in it, or lead outside.
 */
export async function makeFiles(
  generator: TemplateGenerator,
  answers: Answers,
  workspace: Workspace,
  scratch: string,
): Promise<{ model: Model; files: readonly RenderedFile[] }> {
  const templates = new Map<string, readonly TemplateFile[]>();
  const load = (model: Model): readonly LoadedLayer[] =>
    model.layers.map((layer) => {
      const folder = `templates/${layer.of ?? generator.name}/${layer.template}`;
      const files = templates.get(folder) ?? readTemplate(workspace.root, folder, workspace.packageManager ?? npm);
      templates.set(folder, files);
      return { files, model: layer.model };
    });

  const modelOf = await generator.readModel(answers, workspace, scratch);
  const model = modelOf(answers);
  confine(workspace.root, model.folder);
  const rendered = renderLayers(load(model));
  const { answers: standIns, origins } = standInAnswers(generator, answers);
  refuseCollisions(rendered, renderLayers(load(modelOf(standIns))), origins);

  const made = { generator: generator.name, version: workspace.version, answers: model.adds?.answers ?? answers };
  const record = draftRecord(made, rendered);
  const copied = rendered.filter((each) => each.copied);
  const written = rendered.filter((each) => !each.copied);
  const formatted = formatFiles(workspace.root, model.folder, [record, ...written], scratch);
  return { model, files: completeRecord([...formatted, ...copied].toSorted(byPath)) };
}

function byPath(left: RenderedFile, right: RenderedFile): number {
  return left.path < right.path ? -1 : 1;
}
