import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, parseCommandLine, usage } from './command-line.ts';
import { formatPlan } from './format-plan.ts';
import { gatherKept, keptFolder } from './kept-cache.ts';
import { occasionOf } from './occasion.ts';
import { makePlan, makeShards } from './plan.ts';
import { readJson } from './read-json.ts';
import { remoteCacheOf } from './remote-cache.ts';
import { publish, report } from './report.ts';
import { run } from './run.ts';
import type { Shard } from './shards.ts';
import { update } from './update.ts';

/** npm runs scripts in the root. */
const root = process.cwd();
/** The machines that integration suites are spread over at most. The pipeline of GitLab has as many. */
const MACHINES = 4;

async function main(command: Command): Promise<number> {
  if (command.command === 'help') {
    console.log(usage);
    return 0;
  }
  if (command.command === 'update') {
    return update(resolve(root, command.folder), root, process.env);
  }
  // Where the forge's event cannot be read, nobody knows what this run is for, and everything runs.
  const occasion = occasionOf(process.env, readJson);
  switch (command.command) {
    case 'run':
      return run(command.part, occasion, root, process.env);
    case 'report':
      return publishReport(command.folder);
    case 'plan': {
      const cache = await remoteCacheOf(process.env, root);
      for (const [name, value] of Object.entries(cache.variables)) {
        setVariable(name, value);
      }
      const plan = await makePlan(occasion, root);
      if (command.form === 'table') {
        process.stdout.write(formatPlan(plan, process.stdout.columns));
      }
      if (command.form === 'json') {
        console.log(JSON.stringify(plan, null, 2));
      }
      if (command.form === 'shards') {
        writeShards(await makeShards(plan, root, MACHINES), command.folder);
      }
      return 0;
    }
  }
}

async function publishReport(folder: string): Promise<number> {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const machines = entries.map(({ name }) => join(folder, name));
  const { summary, failed } = await report(machines, root);
  const kept = keptFolder(process.env);
  if (kept !== undefined) {
    gatherKept(machines, kept, root, failed);
  }
  console.log(summary);
  publish(summary, process.env);
  return 0;
}

function writeShards(shards: readonly Shard[], folder: string | undefined): void {
  if (folder === undefined) {
    console.log(JSON.stringify(shards));
    return;
  }
  mkdirSync(folder, { recursive: true });
  for (const [index, shard] of shards.entries()) {
    writeFileSync(join(folder, `${index + 1}.json`), JSON.stringify(shard));
  }
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) {
    delete process.env[name];
  } else {
    process.env[name] = value;
  }
}

try {
  const command = parseCommandLine(process.argv.slice(2));
  process.exitCode = await main(command).catch((error: Error) => {
    console.error(error.message);
    return 1;
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
