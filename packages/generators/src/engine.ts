export { completeAnswers } from '../../../generators/engine/answers.ts';
export { EXIT, Failure, messageOf } from '../../../generators/engine/failure.ts';
export type { Generator } from '../../../generators/engine/generator.ts';
export { lockWorkspace } from '../../../generators/engine/lock.ts';
export { makeFiles } from '../../../generators/engine/make.ts';
export { type Progress, progressIn, silent } from '../../../generators/engine/progress.ts';
export { hashOf, parseRecord, RECORD_FILE, type RunRecord } from '../../../generators/engine/record.ts';
export { loadGenerators } from '../../../generators/engine/register.ts';
export { replacedIn } from '../../../generators/engine/replaced.ts';
export { scratchFolder } from '../../../generators/engine/scratch.ts';
export {
  nameOf,
  nodesIn,
  parseTypeScript,
  type Syntax,
  type SyntaxNode,
  type Token,
  textOf,
} from '../../../generators/engine/structures/syntax.ts';
export { readWorkspace, type Workspace } from '../../../generators/engine/workspace.ts';
