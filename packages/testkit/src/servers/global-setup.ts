import { connectToKeeper } from './keeper-client.ts';
import { openWorkspace } from './workspace.ts';

/** Holds the servers for the whole run, and says at its end where they came from. */
export default async function setup(): Promise<() => Promise<void>> {
  const run = crypto.randomUUID();
  process.env['TESTKIT_RUN'] = run;
  const keeper = await connectToKeeper(openWorkspace());
  return async () => {
    const used = (await keeper.ask({ ask: 'summary', run })) as readonly string[];
    console.log(`testkit: ${used.length === 0 ? 'no server was needed' : used.join(' · ')}`);
    keeper.close();
  };
}
