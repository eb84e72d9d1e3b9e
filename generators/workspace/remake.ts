import { answersTo } from '../engine/answers/options.ts';
import type { RenderedFile } from '../engine/make/render.ts';
import type { Workspace } from '../engine/workspace.ts';
import { filesOf } from './files.ts';
import { options } from './options.ts';

/** The repository's own files as the templates make them today, with their record. */
export async function remakeRepository(
  recorded: Readonly<Record<string, unknown>>,
  workspace: Workspace,
): Promise<readonly RenderedFile[]> {
  const { directory, ...answers } = answersTo(options, recorded as Parameters<typeof answersTo>[1]);
  return filesOf(directory, answers, workspace);
}
