import { openRunOnGivenServer } from '../postgres/run.ts';
import { connectToKeeper } from './keeper-client.ts';
import { startRun } from './run.ts';
import { openWorkspace } from './workspace.ts';

/** How often progress is printed, in milliseconds. */
const INTERVAL = 5000;

/**
 * Vitest's globalSetup of the integration suite: holds the servers for the whole run, prints what takes long, and says at
 * the end where the servers came from. Starts none; the first test that needs one does.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const { id, runtime, because } = await startRun();
  const endRunOnGivenServer = await openRunOnGivenServer();
  const keeper = await connectToKeeper(openWorkspace());
  keeper.onProgress = printer();
  keeper.ask({ ask: 'warm-up', runtime }).catch(() => undefined);
  return async () => {
    await endRunOnGivenServer();
    const used = (await keeper.ask({ ask: 'summary', run: id })) as readonly string[];
    keeper.close();
    const reason = because === undefined || used.every((text) => !text.includes('embedded')) ? '' : `; ${because}`;
    say(`${used.length === 0 ? 'no server was needed' : used.join(' · ')}${reason}`);
  };
}

/** Whole lines and few of them, which stay readable in a log, and in a terminal where Vitest redraws what it wrote. */
function printer(): (text: string, key: string) => void {
  const printed = new Map<string, number>();
  return (text, key) => {
    const last = printed.get(key);
    if (last !== undefined && performance.now() - last < INTERVAL) return;
    printed.set(key, performance.now());
    say(text);
  };
}

function say(text: string): void {
  process.stdout.write(`testkit: ${text}\n`);
}
