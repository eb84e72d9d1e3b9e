import { execFile } from 'node:child_process';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { describeAppliedChanges } from './applied-changes.ts';
import { type DevServers, needsFolder } from './servers.ts';
import { siblingModule } from './sibling-module.ts';
import { type Contents, differences, readContents, watchFiles } from './watch-files.ts';

const execute = promisify(execFile);

/** The files of a package that are followed while it is served, beside its source. */
export interface Followed {
  readonly migrations: Contents;
  readonly needs: Contents;
  readonly stubs: Contents;
}

const placesOf = (directory: string) => ({
  migrations: join(directory, 'migrations'),
  needs: join(needsFolder(directory), 'needs.ts'),
  stubs: join(needsFolder(directory), 'stubs'),
});

/** As they are now. To be called before servers are prepared with them, so that no change is lost in between. */
export function readFollowed(directory: string): Followed {
  const { migrations, needs, stubs } = placesOf(directory);
  return { migrations: readContents(migrations), needs: readContents(needs), stubs: readContents(stubs) };
}

/** The means to act on changes. */
export interface Follower {
  /** The package's. */
  readonly directory: string;
  readonly servers: DevServers;
  /** That of the service. */
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (text: string) => void;
  /** Has the session replaced by one that reads all anew. */
  readonly again: () => void;
}

/**
 * Applies new migrations and loads changed stubs, and says so; what is broken is said, and changes nothing.
 * @param before what the servers were prepared with
 * @returns whether the needs have changed and that is not acted on yet: it may be seen later than a change beside it
 */
export function followChanges(follower: Follower, before: Followed): () => boolean {
  const { directory, servers, say, again } = follower;
  const { migrations, needs, stubs } = placesOf(directory);
  const listed = (files: readonly string[]) => files.map((file) => relative(directory, file)).join(', ');

  let applied = before.migrations;
  watchFiles(migrations, before.migrations, async (files) => {
    const contents = readContents(migrations);
    const changed = differences(applied, contents);
    if (changed.length === 0) {
      return;
    }
    const lost = describeAppliedChanges(applied, contents, (file) => relative(directory, file));
    if (lost !== undefined) {
      say(`${lost}: a new database is made`);
      again();
      return;
    }
    const problem = await applyMigrations(follower);
    if (problem === undefined) {
      applied = contents;
    }
    say(
      problem === undefined
        ? `migrations applied: ${listed(changed)}`
        : `${listed(files)} could not be applied: ${problem}`,
    );
  });
  let named = before.needs;
  watchFiles(needs, named, async (files) => {
    named = readContents(needs);
    say(`${listed(files)} changed: what it names is made ready`);
    again();
  });
  watchFiles(stubs, before.stubs, async (files) => {
    for (const upstream of servers.upstreams) {
      const own = files.filter((file) => file.startsWith(join(stubs, upstream.name, '/')));
      if (own.length === 0) {
        continue;
      }
      await upstream.reload().then(
        (count) => say(`stubs of ${upstream.name} loaded, ${count} in all: ${listed(own)}`),
        (error: Error) => say(`the stubs of ${upstream.name} stay as they were: ${error.message}`),
      );
    }
  });
  return () => differences(named, readContents(needs)).length > 0;
}

/** @returns what went wrong, if something did. */
async function applyMigrations({ directory, environment }: Follower): Promise<string | undefined> {
  const program = siblingModule(import.meta.dirname, 'migrate');
  return execute(process.execPath, [program, directory], { env: environment }).then(
    () => undefined,
    (error: { stderr?: string; message: string }) => error.stderr?.trimEnd() || error.message,
  );
}
