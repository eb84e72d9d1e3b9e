import { type Answers, answersTo, type Options } from './answers/options.ts';
import type { Progress } from './command/progress.ts';
import type { RenderedFile } from './make/render.ts';
import type { Planned } from './plan/planned.ts';
import type { Workspace } from './workspace.ts';

/**
 * A folder of `templates/<generator>/` that is rendered into the model's folder. Layers overlay into one tree, and a
 * file that two of them make is an error. `*.hbs` files are rendered with `model`, the others copied byte for byte;
 * names of files and folders may hold placeholders too, and a leading `dot-` becomes a dot.
 */
export interface Layer {
  /** Name of the folder below `templates/<generator>/`, for example `base` or `upstream`. */
  readonly template: string;
  /** The generator to which the template belongs. Default: the one that runs. */
  readonly of?: string;
  /** The values of the placeholders. A placeholder without one is an error. */
  readonly model: Readonly<Record<string, unknown>>;
}

/** A change to a file that exists and is shared, for example the list in which a new package is entered. */
export interface Edit {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  /** From the file's present text to its new text. Pure; the same text means that nothing is to do. */
  apply(current: string): string;
}

/** The folder that a run makes, its files and its edits. */
export interface Model {
  /** The folder that is made, relative to the workspace, with forward slashes: `packages/orders`. */
  readonly folder: string;
  readonly layers: readonly Layer[];
  readonly edits?: readonly Edit[];
  /** The folder is there already, made by a generator, and gets the layers' files and the edits besides. */
  readonly adds?: Addition;
  /** Notes for the person who ran the command, beside the files' fates. */
  readonly notes?: readonly string[];
}

/** The part of a model that adds to an existing folder. */
export interface Addition {
  /** The name of the answer that tells one addition of this generator from another. */
  readonly by: string;
  /** The answers as they are recorded, from which the same is made again. Default: as they were given. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /**
   * The files that the layers make anew, as they were made before, by path in the folder. One that is there as it was made
   * is replaced, or removed if the layers do not make it; one that has an edit is edited; one that was deleted stays so.
   */
  readonly replaces?: readonly RenderedFile[];
  /**
   * The package had changed, and this was added beside what it would have changed too. Recorded, so that it is made again
   * in this form beside the package, where nothing is changed.
   */
  readonly isBeside?: boolean;
}

/** The plan of a run, decided before anything is written. */
export interface Plan {
  /** The folder or package of the run, for its report: `packages/orders`. */
  readonly folder: string;
  readonly planned: readonly Planned[];
  /**
   * Brings it about, all or nothing, outside of the workspace: such a run cannot be undone. Default: the files are written
   * into the workspace.
   */
  readonly write?: () => Promise<void>;
  /** Called once all is written, before dependencies are installed. */
  readonly afterWrite?: () => void | Promise<void>;
  /** The folder in which npm then installs. Default: none, since no dependency changes. */
  readonly installIn?: string;
  /** The sentence that reports what was written. Default: `Wrote FOLDER.` */
  readonly conclusion?: string;
  /** Notes for the person who ran the command, beside the files' fates. */
  readonly notes?: readonly string[];
  /** The sentence for a run that changes nothing. Default: that the folder is what the answers make. */
  readonly unchanged?: string;
  /** Left to the person once all is written: the run then ends with the code for an incomplete one. */
  readonly left?: Left;
}

/** The part of a run that could not be completed. */
export interface Left {
  /** A sentence that says what is not as it should be. */
  readonly problem: string;
  /** The way to mend it. */
  readonly remedy: string;
  /** Files in which what the owner changed and what the template changed exclude each other. */
  readonly conflicts?: readonly Conflict[];
}

/** A file that was written with a conflict. */
export interface Conflict {
  /** Relative to the workspace. */
  readonly path: string;
  /** A word for programs. */
  readonly kind: string;
  /** A sentence. */
  readonly explanation: string;
}

/** The means of a planning generator beside its answers. */
export interface Desk {
  /** A private folder of the workspace's runs, locked by this one unless it plans without the lock. */
  readonly scratch: string;
  /** Whether dependencies are installed once all is written. */
  readonly installs: boolean;
  /** Tells something beside the files' fates. */
  say(line: string): void;
  /** Tells what takes long, on standard error; silent with `--json`. */
  readonly progress: Progress;
}

/** A change of what a generator makes. */
export interface Change {
  /** The standard's first version that has it. */
  readonly version: string;
  /** One line for the owner of what was generated. */
  readonly note: string;
  /**
   * Changes code that text cannot be merged into: a name that its owner's files use too. It is made in what was generated
   * and in what its owner has, before they are merged. Pure.
   * @param files texts by path in the folder.
   */
  modify?(files: ReadonlyMap<string, string>): ReadonlyMap<string, string>;
}

interface Common {
  readonly name: string;
  /** One line for the list of generators. */
  readonly description: string;
  readonly options: Options;
  /** Changes of what it makes that an update tells of when it crosses their versions. Default: none. */
  readonly changes?: readonly Change[];
  /** Recorded answers as today's options take them, where one was renamed or removed since. Pure. */
  migrateAnswers?(recorded: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** Lines printed at the end, commands mostly. */
  nextSteps(answers: Answers, workspace: Workspace): readonly string[];
}

/** Makes a folder of the workspace from the text in `templates/<name>/`, or adds to one that is there. */
export interface TemplateGenerator extends Common {
  /**
   * Reads what the model needs beside the answers.
   * @param scratch a private folder, locked by the caller.
   * @returns the way from answers to what is made of them. Pure: it reads nothing.
   */
  readModel(answers: Answers, workspace: Workspace, scratch: string): Promise<(answers: Answers) => Model>;
}

/** Makes what templates alone cannot say: a repository, or files in other places. */
export interface PlanningGenerator extends Common {
  /** Whether it plans for long: without the workspace's lock then, which is held while files are written. */
  readonly plansWithoutLock?: boolean;
  /** From answers to what is going to be done: reads and runs what it must, and writes nothing that stays. */
  plan(answers: Answers, workspace: Workspace, desk: Desk): Promise<Plan>;
  /**
   * Makes what a record in the root tells of, with the record: the repository's own files.
   * @param answers as they were recorded.
   */
  remake?(answers: Readonly<Record<string, unknown>>, workspace: Workspace): Promise<readonly RenderedFile[]>;
}

/**
 * A generator, as the engine runs it with checked answers to its options. The folder `generators/<name>/` exports one
 * from `generator.ts`, as `generator`.
 */
export type Generator = TemplateGenerator | PlanningGenerator;

interface CommonDefinition<O extends Options> extends Omit<Common, 'options' | 'nextSteps'> {
  readonly options: O;
  nextSteps(answers: Answers<O>, workspace: Workspace): readonly string[];
}

/** From checked answers to what is made. Pure: it reads nothing but its arguments. */
interface PureDefinition<O extends Options> extends CommonDefinition<O> {
  readonly read?: undefined;
  model(answers: Answers<O>, workspace: Workspace): Model;
}

/** The same for a model that needs more than the answers. */
interface ReadingDefinition<O extends Options, Read> extends CommonDefinition<O> {
  /**
   * Reads what the model needs: files of the package to which it adds, a file that an answer names.
   * @param scratch a private folder, locked by the caller.
   */
  read(answers: Answers<O>, workspace: Workspace, scratch: string): Read | Promise<Read>;
  model(answers: Answers<O>, workspace: Workspace, read: Read): Model;
}

interface PlanningDefinition<O extends Options>
  extends CommonDefinition<O>,
    Pick<PlanningGenerator, 'plansWithoutLock' | 'remake'> {
  plan(answers: Answers<O>, workspace: Workspace, desk: Desk): Promise<Plan>;
}

/** Makes a generator whose functions see their answers with the types of its options. */
export function defineGenerator<const O extends Options, Read>(
  definition: PureDefinition<O> | ReadingDefinition<O, Read>,
): TemplateGenerator {
  const { name, description, options, changes, migrateAnswers } = definition;
  const typed = (answers: Answers) => answersTo(options, answers);
  return {
    name,
    description,
    options,
    ...(changes && { changes }),
    ...(migrateAnswers && { migrateAnswers }),
    async readModel(answers, workspace, scratch) {
      if (definition.read === undefined) {
        return (each) => definition.model(typed(each), workspace);
      }
      const read = await definition.read(typed(answers), workspace, scratch);
      return (each) => definition.model(typed(each), workspace, read);
    },
    nextSteps: (answers, workspace) => definition.nextSteps(typed(answers), workspace),
  };
}

/** The same for a planning one. */
export function definePlanningGenerator<const O extends Options>(definition: PlanningDefinition<O>): PlanningGenerator {
  const typed = (answers: Answers) => answersTo(definition.options, answers);
  return {
    ...definition,
    plan: (answers, workspace, desk) => definition.plan(typed(answers), workspace, desk),
    nextSteps: (answers, workspace) => definition.nextSteps(typed(answers), workspace),
  };
}
