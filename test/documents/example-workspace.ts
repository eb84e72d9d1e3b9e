import { join } from 'node:path';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';
import {
  blocksOf,
  commandsOf,
  type Document,
  documentAt,
  documents,
  type Example,
  examplesOf,
} from './read-documents.ts';

/** Every example of the documents. */
export const examples: readonly Example[] = documents.flatMap(examplesOf);

/** An example that is there to fail. */
export const impure = 'packages/orders/src/impure.test.ts';

/** The packages of the examples. */
export const PACKAGES = ['orders', 'shipments', 'invoices', 'parcels'];

const replacing = documentAt('docs/replacing-the-sample.md');

/**
 * A workspace where the documents were followed: with the packages that they tell to generate, the sample of `parcels`
 * replaced, and all examples in their places.
 */
export async function followDocuments(): Promise<ScratchWorkspace> {
  const workspace = await createScratchWorkspace();
  for (const { path, code, language } of examples) {
    if (language === 'yaml') {
      await workspace.write(path, code);
    }
  }
  const toGenerate = [...firstCommands(), ...commandsIn(replacing, blocksOf(replacing))];
  for (const args of toGenerate) {
    await succeed(workspace, 'plop', [...args, '--yes', '--no-install']);
  }
  await editByHand(workspace);
  for (const { path, code } of examples) {
    await workspace.write(path, code);
  }
  return workspace;
}

/** The commands at the start of the testkit's page, which make the packages of its examples. */
function firstCommands(): readonly (readonly string[])[] {
  const testkit = documentAt('docs/testkit.md');
  return commandsIn(testkit, blocksOf(testkit).slice(0, 1));
}

/** The generators' commands in blocks of code; in sentences a command is only told of. */
function commandsIn({ path }: Document, blocks: readonly { readonly code: string }[]): readonly (readonly string[])[] {
  const text = blocks.map(({ code }) => `\`\`\`sh\n${code}\`\`\`\n`).join('');
  return commandsOf({ path, text }, 'npx plop');
}

/** The edits that the documents ask of the reader. */
async function editByHand(workspace: ScratchWorkspace): Promise<void> {
  const edit = async (path: string, change: (text: string) => string) => {
    const file = join('packages', path);
    const before = await workspace.read(file);
    const after = change(before);
    if (after === before) {
      throw new Error(`${file} is no longer as docs/ tell the reader to change it`);
    }
    await workspace.write(file, after);
  };
  // The route of the first test.
  await edit('orders/src/routes/routes.ts', (text) =>
    text
      .replace('import { readProduct }', "import { readDeliveryFee } from './read-delivery-fee.ts';\n$&")
      .replace('  readProduct,\n', '$&  readDeliveryFee,\n'),
  );
}

async function succeed(workspace: ScratchWorkspace, command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await workspace.run(command, args);
  if (code !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  }
}
