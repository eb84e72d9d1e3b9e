// The process of a batch that runs Vitest. Its parent sends an order, and hears of each suite as it goes on.
import { relative, sep } from 'node:path';
import { inspect } from 'node:util';
import { createVitest, parseCLI, type TestSpecification } from 'vitest/node';
import { eventsTo } from './events.ts';
import type { Message, Order, Suite } from './messages.ts';
import { builtInReporters, ReportedSuite } from './reported-suite.ts';
import { sharedThreads } from './shared-threads.ts';

/** The words of the command that runs one suite, without its folder. */
const WORDS = ['vitest', 'run', '--project', 'unit'];

const tell = (message: Message) => process.send?.(message);

/** @returns suites without a verdict: of no files, of a thread that died, or not to be told apart here. */
async function main({ root, suites }: Order): Promise<readonly Suite[]> {
  process.chdir(root);
  const vitest = await createVitest({
    ...parseCLI(WORDS).options,
    watch: false,
    run: true,
    sequence: { sequencer: AsGiven },
  });
  const reporters = builtInReporters(vitest);
  if (reporters === undefined || vitest.config.coverage.enabled) {
    return suites;
  }
  const suiteByFile = new Map<string, Suite>();
  const suiteOf = (file: string) => suiteByFile.get(file);
  const reported = new Map<Suite, ReportedSuite>();
  const events = eventsTo(vitest, suiteOf, reported, tell);
  const threads = sharedThreads(suiteOf, {
    wrote: (suite, text) => (suite && reported.get(suite))?.write(text),
    waits: ({ id }, file) => tell({ type: 'goes on', id, file }),
    finished: (suite) => events.finished(suite),
  });
  for (const { config } of vitest.projects) {
    if (config.pool === 'threads' && !config.isolate) {
      Object.assign(config, { pool: threads.name, poolRunner: threads });
      // With one, Vitest gives it all files at once, and it could not be changed between two suites.
      config.maxWorkers = Math.max(2, config.maxWorkers);
    }
  }
  const filesOf = filesBySuite(root, suites, await vitest.globTestSpecifications());
  for (const [suite, files] of filesOf) {
    reported.set(suite, new ReportedSuite(vitest, files, reporters, reported.size + 1));
    for (const { moduleId } of files) {
      suiteByFile.set(moduleId, suite);
    }
  }
  // Vitest makes its reporters from the configuration, and has no other way to take one more.
  Object.assign(vitest, { reporters: [events.reporter] });
  await vitest.runTestSpecifications([...filesOf.values()].flat(), true);
  return suites.filter((suite) => !reported.get(suite)?.judged);
}

/** The files of each suite, large suites first. Suites without files, and those in each other's folders, are not among them. */
function filesBySuite(
  root: string,
  suites: readonly Suite[],
  files: readonly TestSpecification[],
): ReadonlyMap<Suite, readonly TestSpecification[]> {
  const byFolder = new Map(suites.map((suite) => [suite.folder, suite]));
  const found = new Map<Suite, TestSpecification[]>();
  const shared = new Set<Suite>();
  for (const file of files) {
    const folders = relative(root, file.moduleId).split(sep);
    const owners = folders.flatMap((_, depth) => byFolder.get(folders.slice(0, depth).join('/')) ?? []);
    for (const owner of owners) {
      found.set(owner, [...(found.get(owner) ?? []), file]);
      if (owners.length > 1) {
        shared.add(owner);
      }
    }
  }
  const alone = [...found].filter(([suite]) => !shared.has(suite));
  return new Map(alone.sort(([, one], [, other]) => other.length - one.length));
}

/** Keeps the order of files: those of a suite follow each other. */
class AsGiven {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files;
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

process.once('disconnect', () => process.exit());
process.once('message', async (order: Order) => {
  const last = await main(order).then(
    (left): Message => ({ type: 'left', ids: left.map(({ id }) => id) }),
    (error): Message => ({ type: 'problem', message: inspect(error) }),
  );
  // Whatever tests left running does not keep the process.
  process.send?.(last, () => process.exit());
});
