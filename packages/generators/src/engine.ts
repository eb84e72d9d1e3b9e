export { completeAnswers } from '../../../generators/engine/answers/answers.ts';
export { type Progress, progressIn, silent } from '../../../generators/engine/command/progress.ts';
export {
  nameOf,
  nodesIn,
  parseTypeScript,
  type Syntax,
  type SyntaxNode,
  type Token,
  textOf,
} from '../../../generators/engine/edit/syntax.ts';
export { EXIT, Failure, messageOf } from '../../../generators/engine/failure.ts';
export type { Generator } from '../../../generators/engine/generator.ts';
export { loadGenerators } from '../../../generators/engine/load-generators.ts';
export { makeFiles } from '../../../generators/engine/make/make.ts';
export { hashOf, parseRecord, RECORD_FILE, type RunRecord } from '../../../generators/engine/make/record.ts';
export { replacedIn } from '../../../generators/engine/make/replaced.ts';
export { asNpm, inTermsOf } from '../../../generators/engine/package-manager/in-terms-of.ts';
export { managerOf } from '../../../generators/engine/package-manager/managers.ts';
export { readWorkspace, type Workspace } from '../../../generators/engine/workspace.ts';
export { linkEntries } from '../../../generators/engine/write/link-entries.ts';
export { lockWorkspace } from '../../../generators/engine/write/lock.ts';
export { scratchFolder } from '../../../generators/engine/write/scratch.ts';
