export { checkIdentifierName, pluralOf, type Spellings, spell } from '../../../generators/engine/answers/names.ts';
export { type Answers, choice, flag, integer, list, text } from '../../../generators/engine/answers/options.ts';
export { newPackageFolder, newPackageOptions, packageOption } from '../../../generators/engine/answers/packages.ts';
export { EXIT, Failure } from '../../../generators/engine/failure.ts';
export {
  defineGenerator,
  definePlanningGenerator,
  type Edit,
  type Layer,
  type Model,
  type Plan,
} from '../../../generators/engine/generator.ts';
export type { Workspace } from '../../../generators/engine/workspace.ts';
