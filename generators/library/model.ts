import { newPackageFolder } from '../engine/answers/packages.ts';
import type { Model } from '../engine/generator.ts';
import type { Workspace } from '../engine/workspace.ts';
import { escapeMarkdown } from '../service/escape-markdown.ts';

interface LibraryAnswers {
  readonly name: string;
  readonly description: string;
  readonly integration: boolean;
}

/** The model of a library, from the answers. Pure. */
export function libraryModel({ name, description, integration }: LibraryAnswers, workspace: Workspace): Model {
  const model = {
    name,
    scope: workspace.scope,
    workspaceVersion: workspace.packageManager?.workspaceVersion ?? '*',
    descriptionJson: JSON.stringify(description),
    descriptionMarkdown: escapeMarkdown(description),
    integration,
    versions: workspace.versions,
  };
  return {
    folder: newPackageFolder(name, workspace),
    layers: ['base', ...(integration ? ['integration', 'suite'] : ['pure'])].map((template) => ({ template, model })),
  };
}
