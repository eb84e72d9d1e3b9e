export type { Inquirer } from '../../../generators/engine/answers/questions.ts';
export { command } from '../../../generators/engine/command/command.ts';
export { registerGenerators } from '../../../generators/engine/command/register.ts';
export { ownPack } from '../../../generators/engine/pack.ts';
export { runningManager } from '../../../generators/engine/package-manager/managers.ts';
export type { Workspace } from '../../../generators/engine/workspace.ts';
export { generator as workspaceGenerator } from '../../../generators/workspace/generator.ts';
