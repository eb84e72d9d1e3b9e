// Serves a package, in a process of its own: `dev.ts` starts a new one where modules must be read anew.
import { spawnSync } from 'node:child_process';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wantsColours, withColours } from './colours.ts';
import { createReadableLog } from './readable-log.ts';
import { type DevServers, needsFolder, openServers } from './servers.ts';
import { HOST, RunningService, refuseTakenPort } from './service.ts';
import { differences, readContents, watchFiles } from './watch-files.ts';

/** What a session and `dev.ts` say to each other. */
export type Message =
  /** From the session: its servers are there. */
  | 'prepared'
  /** To it: it may take the port. */
  | 'serve'
  /** From it: needs or applied migrations changed, so that it is to be replaced by a new one. */
  | 'again';

/** How often requests that no stub matched are looked for, in milliseconds. */
const LOOK_EVERY = 500;
/** How many such looks may be left out while the service is silent. */
const SILENT_LOOKS = 10;

const directory = process.argv[2] as string;
const name = basename(directory);
const migrations = join(directory, 'migrations');
const colours = wantsColours(process.env, process.stdout.isTTY);
const say = (text: string) => process.stdout.write(`nx dev: ${text}\n`);
const tell = (message: Message) => process.send?.(message);
const listed = (files: readonly string[]) => files.map((file) => relative(directory, file)).join(', ');

async function serve(servers: DevServers, environment: NodeJS.ProcessEnv, port: number): Promise<void> {
  await refuseTakenPort(name, port);
  const url = `http://${HOST}:${port}`;
  const print = createReadableLog({ colours });
  let known: readonly string[] | undefined;
  let silent = 0;
  const service = new RunningService(directory, environment, {
    line: (line) => {
      silent = 0;
      // Said here instead, with the routes.
      if (/^\{.*"msg":"Server listening at /.test(line)) return;
      process.stdout.write(print(line) ?? '');
    },
    listening: (routes) => {
      if (known !== undefined) sayAgain(url, routes, known, servers);
      known = routes;
    },
  });
  process.once('disconnect', () => void service.stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void service.stop());
  await service.ready(url).catch(async (error) => {
    await service.stop();
    throw error;
  });
  if (!service.hasEnded) {
    sayFirst(url, known ?? [], servers);
    watch(servers, environment);
    setInterval(() => {
      silent += 1;
      if (silent === 1 || silent % SILENT_LOOKS === 0) void reportUnmatched(servers);
    }, LOOK_EVERY).unref();
  }
  await service.ended;
}

function watch(servers: DevServers, environment: NodeJS.ProcessEnv): void {
  let applied = readContents(migrations);
  watchFiles(migrations, async (files) => {
    const contents = readContents(migrations);
    if (differences(applied, contents).length === 0) return;
    const old = differences(applied, contents).filter((file) => applied.has(file));
    if (old.length > 0) {
      say(`${listed(old)} changed after it was applied: a new database is made`);
      tell('again');
      return;
    }
    const [program, ...args] = [join(import.meta.dirname, 'migrate.ts'), directory];
    const { status, stderr } = spawnSync(process.execPath, [program, ...args], { env: environment, encoding: 'utf8' });
    if (status !== 0) {
      say(`${listed(files)} could not be applied: ${stderr.trimEnd()}`);
      return;
    }
    applied = contents;
    say(`migrations applied: ${listed(files)}`);
  });
  watchFiles(join(needsFolder(directory), 'needs.ts'), async (files) => {
    say(`${listed(files)} changed: what it names is made ready`);
    tell('again');
  });
  for (const upstream of servers.upstreams) {
    watchFiles(join(needsFolder(directory), 'stubs', upstream.name), async (files) => {
      try {
        say(`stubs of ${upstream.name} loaded, ${await upstream.reload()} in all: ${listed(files)}`);
      } catch (error) {
        say(`the stubs of ${upstream.name} stay as they were: ${(error as Error).message}`);
      }
    });
  }
}

/** Why an upstream could not be asked the last time. */
let trouble = '';

async function reportUnmatched({ upstreams }: DevServers): Promise<void> {
  for (const upstream of upstreams) {
    try {
      for (const report of await upstream.takeReports()) say(report);
    } catch (error) {
      const { message } = error as Error;
      if (message !== trouble) say(`${message}. Start nx dev again for a new server.`);
      trouble = message;
    }
  }
}

function sayFirst(url: string, routes: readonly string[], { variables }: DevServers): void {
  const lines = [
    '',
    ...Object.entries(variables).map(([variable, value]) => `  ${variable}=${value}`),
    ...(routes.length === 0 ? [] : ['', ...routes.map((route) => `  ${route}`)]),
    '',
    `${name} is served at ${url}. Its source, migrations and stubs are loaded again when they change. Ctrl-C ends it.`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function sayAgain(url: string, routes: readonly string[], before: readonly string[], { variables }: DevServers): void {
  const [come, gone] = [
    routes.filter((each) => !before.includes(each)),
    before.filter((each) => !routes.includes(each)),
  ];
  const changes = [
    ...(come.length > 0 ? [`new: ${come.join(', ')}`] : []),
    ...(gone.length > 0 ? [`gone: ${gone.join(', ')}`] : []),
  ];
  say(`${name} is served at ${url} again${changes.map((each) => `; ${each}`).join('')}`);
  say(
    `on ${Object.entries(variables)
      .map((each) => each.join('='))
      .join(' ')}`,
  );
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
