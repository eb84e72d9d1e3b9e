import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { completeAnswers } from '../../generators/engine/answers/answers.ts';
import type { Generator } from '../../generators/engine/generator.ts';
import { readWorkspace } from '../../generators/engine/workspace.ts';
import { scratchFolder } from '../../generators/engine/write/scratch.ts';
import { generate } from '../generate.ts';
import { type EarlierFile, type EarlierPackage, type EarlierRun, packageOf } from './earlier-state.ts';
import type { PlannedRun } from './packages-of-state.ts';

type Files = ReadonlyMap<string, EarlierFile>;

/**
 * Makes packages by today's generators.
 * @param root a scratch workspace, which receives them.
 * @returns what they are, as a state keeps them.
 * @throws {Failure} when a generator refuses.
 */
export async function makePackages(
  planned: ReadonlyMap<string, readonly PlannedRun[]>,
  root: string,
): Promise<readonly EarlierPackage[]> {
  const packages: EarlierPackage[] = [];
  for (const [name, plannedRuns] of planned) {
    const folder = join(root, 'packages', name);
    const runs: EarlierRun[] = [];
    let before: Files = new Map();
    for (const { generator, given } of plannedRuns) {
      const answers = await recordedAnswers(generator, given, root);
      await generate(generator, given, root);
      const after = filesOf(folder);
      runs.push({ generator: generator.name, answers, files: changes(before, after) });
      before = after;
    }
    packages.push(packageOf(name, runs));
  }
  return packages;
}

/** The answers from which the same is made again. */
async function recordedAnswers(
  generator: Generator,
  given: PlannedRun['given'],
  root: string,
): Promise<Readonly<Record<string, unknown>>> {
  const workspace = readWorkspace(root);
  const answers = await completeAnswers(generator, given, undefined, workspace);
  if (!('readModel' in generator)) {
    return answers;
  }
  const modelOf = await generator.readModel(answers, workspace, scratchFolder(root));
  return modelOf(answers).adds?.answers ?? answers;
}

/** The files of a package, without the record of how it was made. */
function filesOf(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    const mode = (statSync(file).mode & 0o111) === 0 ? '100644' : '100755';
    return [relative(folder, file).replaceAll(sep, '/'), { content: readFileSync(file), mode }] as const;
  });
  return new Map(files.filter(([path]) => !/^\.splitlevel(\.json$|\/)/.test(path)));
}

/** What is new or other in `after`; undefined for what is gone. */
function changes(before: Files, after: Files): EarlierRun['files'] {
  const isKept = (path: string, { content, mode }: EarlierFile) => {
    const earlier = before.get(path);
    return earlier?.mode === mode && earlier.content.equals(content);
  };
  const removed = [...before.keys()].filter((path) => !after.has(path));
  return new Map<string, EarlierFile | undefined>([
    ...[...after].filter(([path, file]) => !isKept(path, file)),
    ...removed.map((path) => [path, undefined] as const),
  ]);
}
