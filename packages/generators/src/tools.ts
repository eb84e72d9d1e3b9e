export { TOOLS } from '../../../generators/workspace/tools.ts';
