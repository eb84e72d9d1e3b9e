import type { Option } from '../answers/options.ts';
import { EXIT, EXIT_MEANINGS } from '../failure.ts';
import type { Generator } from '../generator.ts';
import { flagOf, GLOBAL_FLAGS, PLOP_FLAGS } from './flags.ts';

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
    'Options of Plop itself, which says where the workspace is:',
    ...columns(Object.entries(PLOP_FLAGS).map(([flag, does]) => [`${flag} PATH`, does])),
    '',
    'npx plop GENERATOR --help lists the options of one.',
    'npx plop help prints this, npx plop version the versions; alone, npx plop lets you choose on a terminal.',
    WITHOUT_TERMINAL,
    '',
    'Exit codes:',
    ...columns(exitRows()),
  ].join('\n');
}

/** The help of one generator: its options with their types and defaults. */
export function helpOf(generator: Generator): string {
  const options = Object.entries(generator.options);
  const positional = options.filter(([, option]) => option.positional).map(([name]) => ` [${name.toUpperCase()}]`);
  const rows = options.map(([name, option]) => [flagColumn(name, option), descriptionColumn(option)] as const);
  return [
    `Usage: npx plop ${generator.name}${positional.join('')} [options]`,
    '',
    generator.description,
    '',
    ...(options.length === 0 ? [] : ['Options:', ...columns(rows), '']),
    'Options of every generator:',
    ...columns(globalRows()),
    '',
    WITHOUT_TERMINAL,
    '',
    'Exit codes:',
    ...columns(exitRows()),
  ].join('\n');
}

function exitRows(): readonly (readonly [string, string])[] {
  return Object.entries(EXIT_MEANINGS).map(([name, meaning]) => [String(EXIT[name as keyof typeof EXIT]), meaning]);
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
    return `default: ${option.defaultNote ?? 'derived from the other answers'}`;
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
