export { acquire } from './servers/acquire.ts';
export { openWorkspace } from './servers/workspace.ts';
