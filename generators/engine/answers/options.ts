import type { Workspace } from '../workspace.ts';

/** The data that a default or a check may read: the answers given so far, by option name, and the workspace. */
export interface Context {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly workspace: Workspace;
}

interface Common<T> {
  /** One line for `--help`. */
  readonly description: string;
  /** The question on a terminal. Default: the description. */
  readonly question?: string;
  /** Taken by `--yes` and offered by the question. An option without one, undefined too, must be answered. */
  readonly default?: T | ((context: Context) => T | undefined);
  /**
   * The value for what was generated before the option existed, which keeps it as it is. Default: the default.
   */
  readonly before?: T;
  /** How `--help` tells a default that is a function. Default: `derived from the other answers`. */
  readonly defaultNote?: string;
  /** A sentence that says what is wrong with the value and what to write instead, or undefined when it is fine. */
  validate?(value: T, context: Context): string | undefined;
}

interface TextSettings extends Common<string> {
  /** How `--help` writes the value. Default: TEXT. */
  readonly placeholder?: string;
  /** The option can also be given without its flag, by position. */
  readonly positional?: boolean;
  /**
   * Identifiers of the generated code derive from the answer: names that would clash with the template's are refused.
   */
  readonly identifier?: boolean;
  /** The answer that says that there is none: nothing derives from it. */
  readonly none?: string;
  /** In characters. Default: 200. */
  readonly maximumLength?: number;
  /** Offered by a terminal to choose from; where it is empty the answer is typed. */
  suggestions?(context: Context): readonly string[];
}

interface ChoiceSettings<C extends string> extends Common<C> {
  readonly choices: readonly C[];
}

interface IntegerSettings extends Common<number> {
  readonly minimum: number;
  readonly maximum: number;
}

interface ListSettings
  extends Omit<TextSettings, 'default' | 'before' | 'validate' | 'positional' | 'none' | 'suggestions'> {
  readonly before?: readonly string[];
  readonly default?: readonly string[] | ((context: Context) => readonly string[]);
  /** Checks one item; `earlier` are the items before it. */
  validate?(item: string, context: Context, earlier: readonly string[]): string | undefined;
}

/** One option of a generator: the single source of its flag, question, key in an answers file, help and checks. */
export interface Option<T = unknown> extends Common<T> {
  readonly kind: 'text' | 'choice' | 'flag' | 'integer' | 'list';
  readonly placeholder: string;
  readonly positional: boolean;
  readonly identifier: boolean;
  readonly none?: string;
  readonly choices?: readonly string[];
  suggestions?(context: Context): readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** The option is asked for and accepted only where this holds; elsewhere its answer is undefined. */
  when?(context: Context): boolean;
  /** Checks the type and what every value of this kind must keep; `validate` comes after it. */
  check(value: unknown): string | undefined;
}

/** The problem of a value of an option, as a sentence, or undefined. */
export function problemOf(option: Option, value: unknown, context: Context): string | undefined {
  return option.check(value) ?? option.validate?.(value, context);
}

/** The options of a generator by name. A name in camelCase is a flag in kebab-case. */
export type Options = Readonly<Record<string, Option>>;

/** The complete, checked answers to a generator's options, by their names. Default: to those of any generator. */
export type Answers<O extends Options = Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/**
 * Checked answers with the types of the options that they answer.
 * @throws {Error} when one has another type, which is a mistake in the engine.
 */
export function answersTo<O extends Options>(options: O, answers: Answers): Answers<O> {
  if (!areAnswersTo(options, answers)) {
    throw new Error(
      `The answers ${JSON.stringify(answers)} were not checked against ${Object.keys(options).join(', ')}`,
    );
  }
  return answers;
}

function areAnswersTo<O extends Options>(options: O, answers: Answers): answers is Answers<O> {
  return Object.entries(options).every(
    ([name, option]) =>
      (option.when !== undefined && answers[name] === undefined) || option.check(answers[name]) === undefined,
  );
}

/** A line of text. Line breaks and control characters are refused. */
export function text(settings: TextSettings): Option<string> {
  const { maximumLength = 200, ...rest } = settings;
  return {
    placeholder: 'TEXT',
    positional: false,
    identifier: false,
    ...rest,
    kind: 'text',
    check: (value) => checkText(value, maximumLength),
  };
}

/** One of a few words. */
export function choice<const C extends string>(settings: ChoiceSettings<C>): Option<C> {
  const allowed = settings.choices.join(', ');
  return {
    ...settings,
    kind: 'choice',
    placeholder: settings.choices.join('|'),
    positional: false,
    identifier: false,
    check: (value) =>
      settings.choices.some((each) => each === value) ? undefined : `must be one of ${allowed}, not ${quote(value)}`,
  };
}

/** Yes or no: `--name` and `--no-name`. */
export function flag(settings: Common<boolean>): Option<boolean> {
  return {
    ...settings,
    kind: 'flag',
    placeholder: '',
    positional: false,
    identifier: false,
    check: (value) => (typeof value === 'boolean' ? undefined : `must be true or false, not ${quote(value)}`),
  };
}

/** An integer within bounds, both included. */
export function integer(settings: IntegerSettings): Option<number> {
  const { minimum, maximum } = settings;
  return {
    ...settings,
    kind: 'integer',
    placeholder: 'N',
    positional: false,
    identifier: false,
    check: (value) =>
      Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum
        ? undefined
        : `must be an integer from ${minimum} to ${maximum}, not ${quote(value)}`,
  };
}

/** Any number of lines of text, each given by one use of the flag. An item that comes twice is refused. */
export function list(settings: ListSettings): Option<readonly string[]> {
  const { maximumLength = 200, validate, ...rest } = settings;
  const option: Option<readonly string[]> = {
    placeholder: 'TEXT',
    identifier: false,
    ...rest,
    kind: 'list',
    positional: false,
    check: (value) => (Array.isArray(value) ? checkItems(value, maximumLength) : 'must be a list of strings'),
  };
  if (validate === undefined) {
    return option;
  }
  const items = (value: readonly string[], context: Context) =>
    value.map((item, index) => validate(item, context, value.slice(0, index))).find((problem) => problem !== undefined);
  return { ...option, validate: items };
}

/** The option exists only where the condition holds for the answers before it. */
export function onlyWhen<T>(condition: (context: Context) => boolean, option: Option<T>): Option<T | undefined> {
  return { ...option, when: condition } as Option<T | undefined>;
}

function checkItems(items: readonly unknown[], maximumLength: number): string | undefined {
  const problem = items.map((item) => checkText(item, maximumLength)).find((each) => each !== undefined);
  const repeated = items.find((item, index) => items.indexOf(item) !== index);
  return problem ?? (repeated === undefined ? undefined : `has ${quote(repeated)} twice`);
}

/** The direction overrides and isolates can make one string read as another: https://trojansource.codes */
const NOT_PLAIN = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

function checkText(value: unknown, maximumLength: number): string | undefined {
  if (typeof value !== 'string') {
    return `must be a string, not ${quote(value)}`;
  }
  if (NOT_PLAIN.test(value) || !value.isWellFormed()) {
    return 'must be one line of plain text: line breaks, control characters, direction overrides and broken Unicode are not allowed';
  }
  const { length } = [...value];
  return length > maximumLength ? `has ${length} characters; at most ${maximumLength} are allowed` : undefined;
}

function quote(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
}
