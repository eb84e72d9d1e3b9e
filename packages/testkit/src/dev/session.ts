// Serves a package, in a process of its own: `dev.ts` starts a new one where modules must be read anew.
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wantsColours, withColours } from './colours.ts';
import { followChanges, readFollowed } from './follow-changes.ts';
import { listingOf, shortListingOf } from './listing.ts';
import { createReadableLog } from './readable-log.ts';
import { type DevServers, openServers } from './servers.ts';
import { HOST, RunningService, refuseTakenPort } from './service.ts';

/** The messages between a session and `dev.ts`. */
export type Message =
  /** From the session: its servers are there. */
  | 'prepared'
  /** To it: it may take the port. */
  | 'serve'
  /** From it: needs or applied migrations changed, so that it is to be replaced by a new one. */
  | 'again'
  /** To it: it could not be replaced, and goes on. */
  | 'go-on';

/** How often requests that no stub matched are looked for. */
const LOOK_EVERY_MS = 500;
/** How many such looks may be left out while the service is silent. */
const SILENT_LOOKS = 10;

const directory = process.argv[2] as string;
const name = basename(directory);
const followed = readFollowed(directory);
const colours = wantsColours(process.env, process.stdout.isTTY);
const say = (text: string) => process.stdout.write(`nx dev: ${text}\n`);
const tell = (message: Message) => process.send?.(message);

async function serve(servers: DevServers, environment: NodeJS.ProcessEnv, port: number): Promise<void> {
  await refuseTakenPort(port);
  const url = `http://${HOST}:${port}`;
  const print = createReadableLog({ colours });
  let known: readonly string[] | undefined;
  let silent = 0;
  let isReplaced = false;
  const again = () => {
    isReplaced = true;
    tell('again');
  };
  const isAboutToBe = followChanges({ directory, servers, environment, say, again }, followed);
  const service = new RunningService(directory, environment, {
    line: (line) => {
      silent = 0;
      // Said here instead, with the routes.
      if (/^\{.*"msg":"Server listening at /.test(line)) {
        return;
      }
      process.stdout.write(print(line) ?? '');
    },
    listening: (routes) => {
      const served = { name, url, routes, variables: servers.variables };
      if (known !== undefined) {
        for (const line of shortListingOf(served, known)) {
          say(line);
        }
      }
      known = routes;
    },
    ended: (how) => say(`the service ended ${how}; it starts again when its source changes`),
    isOutdated: () => isReplaced || isAboutToBe(),
  });
  process.once('disconnect', () => void service.stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void service.stop());
  }
  process.on('message', (message: Message) => {
    if (message === 'go-on') {
      isReplaced = false;
      void service.resume();
    }
  });
  await service.ready(url).catch(async (error) => {
    await service.stop();
    throw error;
  });
  if (!service.isStopping) {
    process.stdout.write(listingOf({ name, url, routes: known ?? [], variables: servers.variables }));
    setInterval(() => {
      silent += 1;
      if (silent === 1 || silent % SILENT_LOOKS === 0) {
        void reportUnmatched(servers);
      }
    }, LOOK_EVERY_MS).unref();
  }
  await service.stopped;
}

/** Why an upstream could not be asked the last time. */
let trouble = '';

async function reportUnmatched({ upstreams }: DevServers): Promise<void> {
  for (const upstream of upstreams) {
    try {
      for (const report of await upstream.takeReports()) {
        say(report);
      }
    } catch (error) {
      const { message } = error as Error;
      if (message !== trouble) {
        say(`${message}. Start nx dev again for a new server.`);
      }
      trouble = message;
    }
  }
}

try {
  const servers = await openServers(directory);
  const environment = { ...withColours(process.env, colours), HOST, ...servers.variables };
  const { readConfig } = (await import(pathToFileURL(join(directory, 'src/config.ts')).href)) as {
    readConfig(environment: NodeJS.ProcessEnv): { port: number };
  };
  const { port } = readConfig(environment);
  const asked = new Promise<void>((resolve) => process.once('message', () => resolve()));
  tell('prepared');
  await asked;
  await serve(servers, environment, port);
  process.exit(0);
} catch (error) {
  console.error(`nx dev: ${(error as Error).message}`);
  process.exit(1);
}
