import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generator, Workspace } from '@splitlevel/generators/engine';
import {
  completeAnswers,
  hashOf,
  loadGenerators,
  lockWorkspace,
  makeFiles,
  messageOf,
  parseRecord,
  RECORD_FILE,
  type RunRecord,
  scratchFolder,
} from '@splitlevel/generators/engine';
import type { GeneratedFile, GeneratedFolder } from './repository.ts';

type Hashes = RunRecord['files'];

/** Compares every folder that has a record with what its template makes today, from the same answers and offline. */
export async function regenerate(workspace: Workspace): Promise<readonly GeneratedFolder[]> {
  const generators = await loadGenerators(workspace.root);
  const scratch = scratchFolder(workspace.root);
  const unlock = await lockWorkspace(scratch, () => console.error('Waiting for a generator run to end…'));
  try {
    const found: GeneratedFolder[] = [];
    for (const [name, folder] of workspace.projects) {
      const file = join(workspace.root, folder, RECORD_FILE);
      if (existsSync(file)) {
        found.push(await compare(name, folder, readFileSync(file, 'utf8'), generators, workspace, scratch));
      }
    }
    return found;
  } finally {
    unlock();
  }
}

async function compare(
  name: string,
  folder: string,
  text: string,
  generators: readonly Generator[],
  workspace: Workspace,
  scratch: string,
): Promise<GeneratedFolder> {
  const record = parseRecord(text);
  if (record === undefined) {
    return { package: name, folder, generator: 'a generator', edited: [], problem: 'it is not a record', files: [] };
  }
  const runs: readonly RunRecord[] = [record, ...(record.additions ?? [])];
  const made = filesOf(runs);
  const today: Hashes[] = [];
  const problems: string[] = [];
  for (const run of runs) {
    const again = await makeToday(run, generators, workspace, scratch);
    today.push(again.files ?? run.files);
    if (again.problem !== undefined) {
      problems.push(again.problem);
    }
  }
  const makes = filesOf(today.map((files) => ({ files })));
  const paths = new Set([...Object.keys(made), ...Object.keys(makes)]);
  const files = [...paths].toSorted().map((path): GeneratedFile => {
    const file = join(workspace.root, folder, path);
    const now = existsSync(file) ? hashOf(readFileSync(file)) : undefined;
    return { path, made: made[path], now, today: makes[path] };
  });
  const edited = (record.additions ?? []).flatMap(({ edits }) => edits);
  return { package: name, folder, generator: record.generator, edited, problem: problems[0], files };
}

/** A file that several runs have in common was made by the first. */
function filesOf(runs: readonly { readonly files: Hashes }[]): Hashes {
  return Object.assign({}, ...runs.map(({ files }) => files).toReversed());
}

/** The hashes of what the template makes today; undefined for a repository, which is its own template. */
async function makeToday(
  record: RunRecord,
  generators: readonly Generator[],
  workspace: Workspace,
  scratch: string,
): Promise<{ files?: Hashes; problem?: string }> {
  const generator = generators.find((each) => each.name === record.generator);
  if (generator === undefined) {
    return { problem: `this workspace has no generator ${record.generator}` };
  }
  if ('plan' in generator) {
    return {};
  }
  try {
    const answers = await completeAnswers(generator, new Map(Object.entries(record.answers)), undefined, workspace);
    const { files } = await makeFiles(generator, answers, workspace, scratch);
    const made = files.find(({ path }) => path === RECORD_FILE);
    return { files: parseRecord(String(made?.content))?.files ?? {} };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}
