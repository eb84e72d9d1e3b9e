import {
  command,
  type Inquirer,
  ownPack,
  runningManager,
  type Workspace,
  workspaceGenerator,
} from '@splitlevel/generators/command';
import nodePlop from 'node-plop';

/** There is no workspace yet: what is made comes from the pack alone. */
function nowhere(): Workspace {
  const { folder, version, versions } = ownPack();
  return { root: folder, scope: '', version, versions, projects: new Map() };
}

// npm create splitlevel [DIRECTORY] [-- OPTIONS]
const { inquirer } = (await nodePlop()) as unknown as { readonly inquirer: Inquirer };
await command(['workspace', ...process.argv.slice(2)], [workspaceGenerator], nowhere, inquirer, runningManager());
