import { flagOf, GLOBAL_FLAGS } from './flags.ts';
import type { Generator } from './generator.ts';
import type { Option } from './options.ts';

const WITHOUT_TERMINAL =
  'Without a terminal nothing is asked: defaults are taken, and an option without one must be given.';

/** The help of the command: its generators and the flags that all of them have. */
export function overview(generators: readonly Generator[]): string {
  return [
    'Usage: npx plop GENERATOR [options]',
    '',
    'Generators:',
    ...columns(generators.map(({ name, description }) => [name, description])),
    '',
    'Options of every generator:',
    ...columns(globalRows()),
    '',
    'npx plop GENERATOR --help lists the options of one.',
    WITHOUT_TERMINAL,
  ].join('\n');
}

/** The help of one generator: its options with their types and defaults. */
export function helpOf(generator: Generator): string {
  const options = Object.entries(generator.options);
  const positional = options.filter(([, option]) => option.positional).map(([name]) => ` [${name.toUpperCase()}]`);
  return [
    `Usage: npx plop ${generator.name}${positional.join('')} [options]`,
    '',
    generator.description,
    '',
    'Options:',
    ...columns(options.map(([name, option]) => [flagColumn(name, option), descriptionColumn(option)])),
    '',
    'Options of every generator:',
    ...columns(globalRows()),
    '',
    WITHOUT_TERMINAL,
    '',
    'Exit codes: 0 done, 1 failed and nothing written, 2 wrong usage or invalid answer,',
    '3 conflict with something that exists, 4 written, but a step after writing failed.',
  ].join('\n');
}

function flagColumn(name: string, option: Option): string {
  const flag = flagOf(name);
  if (option.kind === 'flag') {
    return `--[no-]${flag}`;
  }
  return `--${flag} ${option.placeholder}${option.kind === 'list' ? ' …' : ''}`;
}

function descriptionColumn(option: Option): string {
  const notes = [
    option.kind === 'list' ? 'may be repeated' : undefined,
    option.when === undefined ? undefined : 'only with some of the other answers',
    defaultNote(option),
  ];
  return `${option.description} (${notes.filter((note) => note !== undefined).join('; ')})`;
}

function defaultNote(option: Option): string {
  if (option.default === undefined) {
    return 'no default';
  }
  if (typeof option.default === 'function') {
    return 'default: derived from the other answers';
  }
  const { default: standard } = option;
  const empty = standard === '' || (Array.isArray(standard) && standard.length === 0);
  return `default: ${empty ? 'none' : String(standard)}`;
}

function globalRows(): readonly (readonly [string, string])[] {
  return GLOBAL_FLAGS.map((flag) => [
    `${flag.short === undefined ? '' : `-${flag.short}, `}--${flag.name}${flag.placeholder === undefined ? '' : ` ${flag.placeholder}`}`,
    flag.description,
  ]);
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
