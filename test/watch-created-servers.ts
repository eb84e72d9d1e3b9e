import { openWorkspace } from '@splitlevel/testkit/servers';
import type { RunningCommand } from './running-command.ts';
import type { ScratchWorkspace } from './scratch-workspace.ts';

/**
 * Watches the engine for servers that are created for a workspace: its output is the kind of each, a line each. The caller
 * ends it.
 * @param root of the workspace whose servers are meant.
 */
export function watchCreatedServers({ start }: Pick<ScratchWorkspace, 'start'>, root: string): RunningCommand {
  const filters = ['event=create', `label=splitlevel.workspace=${openWorkspace(root).id}`];
  const format = '{{index .Actor.Attributes "splitlevel.kind"}}';
  return start('docker', ['events', ...filters.flatMap((filter) => ['--filter', filter]), '--format', format]);
}
