import { basename } from 'node:path';
import { completeAnswers } from '../engine/answers.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import type { Desk, Plan } from '../engine/generator.ts';
import { makeFiles } from '../engine/make.ts';
import type { Answers } from '../engine/options.ts';
import type { RenderedFile } from '../engine/render.ts';
import type { Workspace } from '../engine/workspace.ts';
import { generator as service } from '../service/generator.ts';
import { findDestination } from './destination.ts';
import { filesOf } from './files.ts';
import { refuseWithoutIdentity } from './git.ts';
import { type options, resolveDirectory } from './options.ts';
import { readSources, type Sources } from './sources.ts';
import { writeRepository } from './write.ts';

/** The example package: what the README of the standard shows. */
const EXAMPLE = { name: 'pricing', upstream: ['exchange-rates'] };

/**
 * What makes a repository.
 * @throws Failure when it cannot be made there, with nothing written.
 */
export async function planRepository(
  answers: Answers<typeof options>,
  workspace: Workspace,
  { scratch }: Desk,
): Promise<Plan> {
  const { root } = workspace;
  const destination = findDestination(resolveDirectory(answers.directory), root);
  refuseWithoutIdentity(root);
  const { scope, forge, owner } = answers;
  const sources = readSources(root, forge, scratch);
  if (answers.example) refuseUncommittedTemplates(sources);
  const example = answers.example ? await exampleFiles({ ...workspace, scope, projects: new Map() }, scratch) : [];
  const title = basename(destination.folder);
  const files = filesOf({ title, scope, forge, owner, example }, sources, workspace, scratch);
  const planned = files.map(({ path, content }) => ({
    path,
    fate: 'create' as const,
    before: undefined,
    after: content,
  }));
  const message = `Start ${title} on the Splitlevel standard ${workspace.version}`;
  return {
    folder: destination.folder,
    planned,
    write: async () => writeRepository(destination, files, message),
    installIn: destination.folder,
    notes: notesOf(sources),
  };
}

const MOST_NAMED = 5;

function notesOf({ uncommitted }: Sources): readonly string[] {
  if (uncommitted.length === 0) return [];
  const more = uncommitted.length > MOST_NAMED ? ` and ${uncommitted.length - MOST_NAMED} more` : '';
  return [
    `It is made from what is committed here. Not committed, and so left out: ${uncommitted.slice(0, MOST_NAMED).join(', ')}${more}.`,
  ];
}

/** The example is made by the templates as they lie here, and would be none of what the repository gets. */
function refuseUncommittedTemplates({ uncommitted }: Sources): void {
  const path = uncommitted.find((each) => /^(generators|templates)\//.test(each));
  if (path === undefined) return;
  throw new Failure(
    EXIT.conflict,
    `${path} is not committed, so that the example would not be what the new repository's own templates make`,
    'Commit or stash it, or leave --example out.',
  );
}

async function exampleFiles(workspace: Workspace, scratch: string): Promise<readonly RenderedFile[]> {
  const answers = await completeAnswers(service, new Map(Object.entries(EXAMPLE)), undefined, workspace);
  const { model, files } = await makeFiles(service, answers, workspace, scratch);
  return files.map(({ path, content }) => ({ path: `${model.folder}/${path}`, content }));
}
