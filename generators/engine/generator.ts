import type { Answers, Options } from './answers/options.ts';
import type { Progress } from './command/progress.ts';
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
  /** What the placeholders may name. A placeholder that is not in here is an error. */
  readonly model: Readonly<Record<string, unknown>>;
}

/** A change to a file that exists and is shared, for example the list in which a new package is entered. */
export interface Edit {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  /** From the file's present text to its new text. Pure; the same text means that nothing is to do. */
  apply(current: string): string;
}

/** What a run is to make. */
export interface Model {
  /** The folder that is made, relative to the workspace, with forward slashes: `packages/orders`. */
  readonly folder: string;
  readonly layers: readonly Layer[];
  readonly edits?: readonly Edit[];
  /** The folder is there already, made by a generator, and gets the layers' files and the edits besides. */
  readonly adds?: Addition;
}

/** What makes a run one that adds to a folder. */
export interface Addition {
  /** The name of the answer that tells one addition of this generator from another. */
  readonly by: string;
  /** The answers as they are recorded, from which the same is made again. Default: as they were given. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** What a run is going to do, decided before anything is written. */
export interface Plan {
  /** What the run is about, for its report: `packages/orders`. */
  readonly folder: string;
  readonly planned: readonly Planned[];
  /** Brings it about, all or nothing. Default: the files are written into the workspace. */
  readonly write?: () => Promise<void>;
  /** The folder in which npm then installs. Default: none, since no dependency changes. */
  readonly installIn?: string;
  /** What a person should know beside the files' fates. */
  readonly notes?: readonly string[];
  /** Left to the person once all is written: the run then ends with the code for an incomplete one. */
  readonly left?: Left;
}

/** The part of a run that could not be completed. */
export interface Left {
  /** A sentence that says what is not as it should be. */
  readonly problem: string;
  /** The way to mend it. */
  readonly remedy: string;
}

/** What a planning generator may use beside its answers. */
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

interface Common<O extends Options> {
  readonly name: string;
  /** One line for the list of generators. */
  readonly description: string;
  readonly options: O;
  /** Lines printed at the end, commands mostly. */
  nextSteps(answers: Answers<O>, workspace: Workspace): readonly string[];
}

/** Makes a folder of the workspace from the text in `templates/<name>/`, or adds to one that is there. */
export interface TemplateGenerator<O extends Options = Options, Read = unknown> extends Common<O> {
  /** Reads what the model needs beside the answers: files of the package to which it adds, a file that an answer names. */
  read?(answers: Answers<O>, workspace: Workspace): Read | Promise<Read>;
  /** From checked answers, and what was read, to what is made. Pure: it reads nothing but its arguments. */
  model(answers: Answers<O>, workspace: Workspace, read: Read): Model;
}

/** Makes what templates alone cannot say: a repository, or files in other places. */
export interface PlanningGenerator<O extends Options = Options> extends Common<O> {
  /** Whether it plans for long: without the workspace's lock then, which is held while files are written. */
  readonly plansWithoutLock?: boolean;
  /** From checked answers to what is going to be done: reads and runs what it must, and writes nothing that stays. */
  plan(answers: Answers<O>, workspace: Workspace, desk: Desk): Promise<Plan>;
}

/** A generator. The folder `generators/<name>/` exports one from `generator.ts`, as `generator`. */
export type Generator<O extends Options = Options> = TemplateGenerator<O> | PlanningGenerator<O>;

/** Gives a generator its types; the value is the argument itself. */
export function defineGenerator<const O extends Options, Read>(
  generator: TemplateGenerator<O, Read>,
): TemplateGenerator<O, Read> {
  return generator;
}

/** The same for a planning one. */
export function definePlanningGenerator<const O extends Options>(
  generator: PlanningGenerator<O>,
): PlanningGenerator<O> {
  return generator;
}
