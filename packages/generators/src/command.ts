export { command } from '../../../generators/engine/command.ts';
export { ownPack } from '../../../generators/engine/pack.ts';
export type { Inquirer } from '../../../generators/engine/questions.ts';
export { registerGenerators } from '../../../generators/engine/register.ts';
export type { Workspace } from '../../../generators/engine/workspace.ts';
export { generator as workspaceGenerator } from '../../../generators/workspace/generator.ts';
