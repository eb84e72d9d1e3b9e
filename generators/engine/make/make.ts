import type { Answers } from '../answers/options.ts';
import type { Model, TemplateGenerator } from '../generator.ts';
import { npm } from '../package-manager/npm.ts';
import { confine } from '../plan/confine.ts';
import { diskOf } from '../plan/disk.ts';
import { readRuns } from '../record/read-record.ts';
import { lastOf, type NewRun, newRunId, printRun, runFile } from '../record/run-record.ts';
import { templatesHash } from '../record/templates-hash.ts';
import type { Workspace } from '../workspace.ts';
import { refuseCollisions, standInAnswers } from './collisions.ts';
import { formatFiles } from './format.ts';
import { type LoadedLayer, type RenderedFile, renderLayers } from './render.ts';
import { readTemplate, type TemplateFile } from './template.ts';

/** The files of a run, formatted, and the run as it would be recorded. */
export interface Made {
  readonly model: Model;
  /** Paths relative to the model's folder, sorted. */
  readonly files: readonly RenderedFile[];
  readonly run: NewRun;
}

/**
 * From answers to the files as they are to be, rendered and formatted.
 * @param scratch the workspace's private folder, locked by the caller.
 * @throws {Failure} when the template cannot be rendered or the answers' names clash in it, or lead outside.
 */
export async function makeFiles(
  generator: TemplateGenerator,
  answers: Answers,
  workspace: Workspace,
  scratch: string,
): Promise<Made> {
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

  const draft = draftRun(generator, answers, model, workspace);
  const copied = rendered.filter((each) => each.copied);
  const written = rendered.filter((each) => !each.copied);
  const [record, ...formatted] = formatFiles(workspace.root, model.folder, [draft.file, ...written], scratch);
  const run = { ...draft.run, text: String(record?.content) };
  return { model, files: [...formatted, ...copied].toSorted(byPath), run };
}

/** The run as it is recorded if it is the next one on the folder; its file is formatted along with those that it makes. */
function draftRun(
  generator: TemplateGenerator,
  answers: Answers,
  { folder, adds }: Model,
  { root, version }: Workspace,
) {
  const earlier = readRuns(folder, diskOf(root));
  const recorded = adds?.answers ?? answers;
  const facts = {
    generator: generator.name,
    version,
    templates: templatesHash(root),
    answers: recorded,
    after: lastOf(earlier),
    ...(adds?.isBeside === true && { isBeside: true as const }),
  };
  const id = newRunId(earlier, generator.name, adds && recorded[adds.by]);
  return { run: { id, ...facts }, file: { path: runFile(id), content: Buffer.from(printRun(facts)) } };
}

function byPath(left: RenderedFile, right: RenderedFile): number {
  return left.path < right.path ? -1 : 1;
}
