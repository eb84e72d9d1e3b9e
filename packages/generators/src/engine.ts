export { machineEnvironment } from '../../../generators/engine/command/machine-environment.ts';
export { type Progress, progressIn, silent } from '../../../generators/engine/command/progress.ts';
export { exitOnSignals } from '../../../generators/engine/command/signals.ts';
export {
  type CopiedPackage,
  copyWorkspace,
  type WorkspaceCopy,
} from '../../../generators/engine/copy/copy-workspace.ts';
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
export { hashOf } from '../../../generators/engine/make/content-hash.ts';
export { replacedIn } from '../../../generators/engine/make/replaced.ts';
export { asNpm, inTermsOf } from '../../../generators/engine/package-manager/in-terms-of.ts';
export { managerOf } from '../../../generators/engine/package-manager/managers.ts';
export { diskOf } from '../../../generators/engine/plan/disk.ts';
export { baseOf } from '../../../generators/engine/record/base-of.ts';
export { hasRecord, readRuns } from '../../../generators/engine/record/read-record.ts';
export type { RunRecord } from '../../../generators/engine/record/run-record.ts';
export { remake } from '../../../generators/engine/replay/remake.ts';
export type { ReplayDesk } from '../../../generators/engine/replay/replay.ts';
export { readWorkspace, type Workspace } from '../../../generators/engine/workspace.ts';
export { linkEntries } from '../../../generators/engine/write/link-entries.ts';
export { lockWorkspace } from '../../../generators/engine/write/lock.ts';
export { scratchFolder } from '../../../generators/engine/write/scratch.ts';
