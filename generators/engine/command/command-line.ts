import { EXIT, Failure } from '../failure.ts';
import type { Generator } from '../generator.ts';
import { flagOf, flagsOf, GLOBAL_FLAGS, PLOP_FLAGS, REFUSED_PLOP_FLAGS } from './flags.ts';
import { didYouMean } from './nearest.ts';

/** The command line as it was read. */
export interface Invocation {
  /** The generator that was named, or undefined when none was. */
  readonly generator: Generator | undefined;
  /** Values as they were typed, by option name. */
  readonly given: ReadonlyMap<string, unknown>;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly install: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly answersFile: string | undefined;
}

/**
 * Reads the arguments that follow `npx plop`. Flags may stand before and after `--`, which itself means nothing.
 * @throws {Failure} (wrong usage) that names the nearest generator or flag.
 */
export function readCommandLine(args: readonly string[], generators: readonly Generator[]): Invocation {
  const line = new Line(args);
  const globals = new Map<string, string | true>();
  const given = new Map<string, unknown>();
  let generator: Generator | undefined;
  for (let word = line.next(); word !== undefined; word = line.next()) {
    if (isFlag(word)) {
      readFlag(word, line, generator, globals, given);
    } else if (generator === undefined && (word === 'help' || word === 'version')) {
      globals.set(word, true);
    } else if (generator === undefined) {
      generator = findGenerator(word, generators);
    } else {
      readPositional(word, generator, given);
    }
  }
  return {
    generator,
    given,
    yes: globals.has('yes'),
    dryRun: globals.has('dry-run'),
    json: globals.has('json'),
    install: !globals.has('no-install'),
    help: globals.has('help'),
    version: globals.has('version'),
    answersFile: globals.get('answers') as string | undefined,
  };
}

class Line {
  readonly #args: readonly string[];
  #position = 0;

  constructor(args: readonly string[]) {
    const separator = args.indexOf('--');
    this.#args = separator === -1 ? args : args.toSpliced(separator, 1);
  }

  next(): string | undefined {
    return this.#args[this.#position++];
  }

  /** The value of a flag that was just read: what follows its equals sign, or the next argument. */
  value(flag: string, inline: string | undefined): string {
    const value = inline ?? this.next();
    if (value === undefined || (inline === undefined && isFlag(value))) {
      throw new Failure(EXIT.usage, `${flag} needs a value`, `Write ${flag}=VALUE when the value starts with a dash.`);
    }
    return value;
  }
}

function isFlag(word: string): boolean {
  return /^--?[^-\d\s]/.test(word);
}

function readFlag(
  word: string,
  line: Line,
  generator: Generator | undefined,
  globals: Map<string, string | true>,
  given: Map<string, unknown>,
): void {
  const equals = word.indexOf('=');
  const flag = equals === -1 ? word : word.slice(0, equals);
  const inline = equals === -1 ? undefined : word.slice(equals + 1);
  const global = GLOBAL_FLAGS.find((each) => flag === `--${each.name}` || flag === `-${each.short}`);
  if (global !== undefined) {
    refuseValue(flag, global.placeholder === undefined ? inline : undefined);
    globals.set(global.name, global.placeholder === undefined ? true : line.value(flag, inline));
  } else if (Object.hasOwn(PLOP_FLAGS, flag)) {
    line.value(flag, inline);
  } else if (generator === undefined) {
    const known = GLOBAL_FLAGS.map((each) => `--${each.name}`);
    throw new Failure(
      EXIT.usage,
      `${flag} is not a flag of plop here${didYouMean(flag, known)}`,
      REFUSED_PLOP_FLAGS.get(flag) ?? 'Options of a generator come after its name: npx plop GENERATOR --option VALUE.',
    );
  } else {
    readOption(flag, inline, line, generator, given);
  }
}

function readOption(
  flag: string,
  inline: string | undefined,
  line: Line,
  generator: Generator,
  given: Map<string, unknown>,
): void {
  for (const [name, option] of Object.entries(generator.options)) {
    const own = `--${flagOf(name)}`;
    if (option.kind === 'flag' && (flag === own || flag === `--no-${flagOf(name)}`)) {
      refuseValue(flag, inline);
      giveOnce(given, name, flag === own);
      return;
    }
    if (flag === own && option.kind === 'list') {
      given.set(name, [...((given.get(name) as string[] | undefined) ?? []), line.value(flag, inline)]);
      return;
    }
    if (flag === own) {
      const value = line.value(flag, inline);
      giveOnce(given, name, option.kind === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value);
      return;
    }
  }
  throw new Failure(
    EXIT.usage,
    `${flag} is not an option of ${generator.name}${didYouMean(flag, flagsOf(generator))}`,
    REFUSED_PLOP_FLAGS.get(flag) ?? `npx plop ${generator.name} --help lists the options.`,
  );
}

function readPositional(word: string, generator: Generator, given: Map<string, unknown>): void {
  const free = Object.entries(generator.options).find(([name, option]) => option.positional && !given.has(name));
  if (free === undefined) {
    throw new Failure(
      EXIT.usage,
      `${JSON.stringify(word)} is one argument too many for ${generator.name}`,
      `npx plop ${generator.name} --help lists the options.`,
    );
  }
  given.set(free[0], word);
}

function findGenerator(word: string, generators: readonly Generator[]): Generator {
  const found = generators.find((each) => each.name === word);
  if (found === undefined) {
    const names = generators.map((each) => each.name);
    throw new Failure(
      EXIT.usage,
      `There is no generator ${JSON.stringify(word)}${didYouMean(word, names)}`,
      `The generators are: ${names.join(', ')}.`,
    );
  }
  return found;
}

function giveOnce(given: Map<string, unknown>, name: string, value: unknown): void {
  if (given.has(name)) {
    throw new Failure(EXIT.usage, `--${flagOf(name)} is given twice`, 'Give it once.');
  }
  given.set(name, value);
}

function refuseValue(flag: string, inline: string | undefined): void {
  if (inline !== undefined) {
    throw new Failure(EXIT.usage, `${flag} takes no value, but was given ${JSON.stringify(inline)}`, `Write ${flag}.`);
  }
}
