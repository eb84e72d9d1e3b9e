import { command, type Inquirer, ownPack, runningManager, workspaceGenerator } from '@splitlevel/generators/command';
import nodePlop from 'node-plop';
import { nowhere } from './nowhere.ts';

// npm create splitlevel [DIRECTORY] [-- OPTIONS]
const { inquirer } = (await nodePlop()) as unknown as { readonly inquirer: Inquirer };
const args = ['workspace', ...process.argv.slice(2)];
await command(args, [workspaceGenerator], () => nowhere(ownPack()), inquirer, runningManager());
