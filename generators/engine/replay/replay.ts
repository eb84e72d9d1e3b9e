import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { completeAnswers } from '../answers/answers.ts';
import { filesBelow } from '../copy/files-below.ts';
import { EXIT, Failure, messageOf } from '../failure.ts';
import type { Generator, TemplateGenerator } from '../generator.ts';
import { ownPack } from '../pack.ts';
import { planTemplate } from '../plan/plan-template.ts';
import { isChange, type Planned } from '../plan/planned.ts';
import { isBaseFile, isOfRecord, nameOfRun } from '../record/run-record.ts';
import { shareTemplatesHash } from '../record/templates-hash.ts';
import type { Workspace } from '../workspace.ts';
import { linkEntries } from '../write/link-entries.ts';
import { committedIn } from './committed-in.ts';
import { keepNumbers, type Renumbering, renumbered } from './renumber.ts';

/** A run that is made again. */
export interface Replayed {
  readonly generator: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** What it made before, by path; numbered files that were committed keep their numbers. */
  readonly files?: ReadonlyMap<string, unknown>;
  /** It was added beside what it would have changed too, and is again. */
  readonly isBeside?: boolean;
}

/** What runs make of nothing, by path in their folder. */
export interface Replay {
  /** The folder that the first run made, relative to the workspace. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, Buffer>;
  /** The record of the runs, by path in the folder. */
  readonly record: ReadonlyMap<string, Buffer>;
}

/** What a replay works with. */
export interface ReplayDesk {
  readonly workspace: Workspace;
  readonly generators: readonly Generator[];
  /** A private folder, locked by the caller. */
  readonly scratch: string;
}

/**
 * Makes a folder anew: all of its runs in order, with today's generators and templates. That happens beside the workspace,
 * where nothing of its owner's is.
 * @param present the folder as it is, relative to the workspace: documents that runs read lie there.
 * @throws {Failure} that names the run that cannot be made.
 */
export async function replay(runs: readonly Replayed[], present: string, desk: ReplayDesk): Promise<Replay> {
  const { workspace, scratch } = desk;
  const root = mkdtempSync(join(scratch, `replay-${process.pid}-`));
  const remove = () => rmSync(root, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    furnish(workspace.root, root, present);
    shareTemplatesHash(workspace.root, root);
    return await replayIn(root, runs, present, desk);
  } finally {
    remove();
    process.removeListener('exit', remove);
  }
}

/** The root's files, and what generators take from folders beside the packages. */
function furnish(from: string, to: string, present: string): void {
  const [top] = present.split('/');
  const isPack = from === ownPack().folder;
  const leftOut = new Set([top, 'generators', ...(isPack ? ['templates'] : [])]);
  linkEntries(from, to, ({ name }) => leftOut.has(name) || name.startsWith('.'));
}

async function replayIn(
  root: string,
  runs: readonly Replayed[],
  present: string,
  { workspace, generators, scratch }: ReplayDesk,
): Promise<Replay> {
  const projects = new Map([...workspace.projects].filter(([, folder]) => folder === '.'));
  const parent = dirname(present);
  const place: Workspace = { ...workspace, root, projects, packages: parent === '.' ? '' : parent, here: undefined };
  const committed = committedIn(workspace.root, present);
  let folder = present;
  for (const [index, run] of runs.entries()) {
    try {
      const generator = withinItsFolder(find(generators, run.generator));
      const own =
        index === 0 ? run.answers : { ...run.answers, ...('package' in run.answers && { package: nameIn(runs) }) };
      const answers = await answersFor(generator, bringDocuments(own, present, folder, workspace.root, root), place);
      const plan = await planTemplate(generator, answers, { ...place, isBeside: run.isBeside === true }, scratch);
      folder = plan.folder;
      projects.set(nameIn(runs), folder);
      const held = (made: Iterable<string>) => keepNumbers(made, run.files?.keys() ?? [], committed);
      writeInto(join(root, folder), changesIn(folder, plan.planned), held);
    } catch (error) {
      throw cannotReplay(present, run, error);
    }
  }
  const files = [...filesBelow(join(root, folder))];
  return {
    folder,
    files: new Map(files.filter(([path]) => !isOfRecord(path))),
    record: new Map(files.filter(([path]) => isOfRecord(path))),
  };
}

/** The changes of a folder, by path in it; undefined: the file goes. */
function changesIn(folder: string, planned: readonly Planned[]): ReadonlyMap<string, Buffer | undefined> {
  return new Map(planned.filter(isChange).map(({ path, after }) => [path.slice(folder.length + 1), after]));
}

function writeInto(
  folder: string,
  changes: ReadonlyMap<string, Buffer | undefined>,
  heldOf: (made: Iterable<string>) => Renumbering,
): void {
  const written = new Map(
    [...changes].flatMap(([path, after]) => (after === undefined ? [] : [[path, after] as const])),
  );
  for (const [path, content] of renumbered(written, heldOf(written.keys()), isBaseFile)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  for (const path of changes.keys()) {
    if (!written.has(path)) {
      rmSync(join(folder, path), { force: true });
    }
  }
}

function find(generators: readonly Generator[], name: string): TemplateGenerator {
  const generator = generators.find((each) => each.name === name);
  if (generator === undefined || 'plan' in generator) {
    throw new Failure(EXIT.failed, `this workspace has no generator ${name} that makes packages`);
  }
  return generator;
}

/** Shared files were edited by the run itself; in the copy they only get in the way. */
function withinItsFolder(generator: TemplateGenerator): TemplateGenerator {
  return {
    ...generator,
    readModel: async (...given) => {
      const modelOf = await generator.readModel(...given);
      return (answers) => {
        const model = modelOf(answers);
        const edits = (model.edits ?? []).filter(({ path }) => path.startsWith(`${model.folder}/`));
        return { ...model, edits };
      };
    },
  };
}

/** The answers of then as the generator of today takes them. */
async function answersFor(generator: TemplateGenerator, recorded: Replayed['answers'], place: Workspace) {
  const migrated = generator.migrateAnswers?.(recorded) ?? recorded;
  const known = Object.entries(migrated).filter(([name]) => generator.options[name] !== undefined);
  const before = Object.entries(generator.options).flatMap(([name, { before }]) => {
    return before === undefined || name in migrated ? [] : [[name, before] as const];
  });
  return await completeAnswers(generator, new Map([...before, ...known]), undefined, place);
}

/** Copies the files of the folder that answers name, a document of OpenAPI for example, and names the copies instead. */
function bringDocuments(
  answers: Replayed['answers'],
  present: string,
  folder: string,
  from: string,
  to: string,
): Replayed['answers'] {
  const brought = Object.entries(answers).map(([name, answer]) => {
    const isDocument = typeof answer === 'string' && answer.startsWith(`${present}/`);
    if (!isDocument || !existsSync(join(from, answer))) {
      return [name, answer];
    }
    const path = `${folder}/${answer.slice(present.length + 1)}`;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, answer), join(to, path));
    return [name, path];
  });
  return Object.fromEntries(brought);
}

function nameIn([first]: readonly Replayed[]): string {
  return String(first?.answers.name);
}

function cannotReplay(present: string, run: Replayed, error: unknown): Failure {
  const exitCode = error instanceof Failure && error.exitCode === EXIT.usage ? EXIT.usage : EXIT.failed;
  return new Failure(
    exitCode,
    `${present} cannot be made anew: ${run.generator} ${nameOfRun(run)}: ${messageOf(error)}`,
    (error instanceof Failure ? error.remedy : undefined) ?? 'Nothing was written.',
    error,
  );
}
