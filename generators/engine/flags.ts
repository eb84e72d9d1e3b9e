import type { Generator } from './generator.ts';

/** A flag that every generator has. */
export interface GlobalFlag {
  readonly name: 'yes' | 'answers' | 'dry-run' | 'json' | 'no-install' | 'help';
  readonly short?: string;
  readonly placeholder?: string;
  readonly description: string;
}

export const GLOBAL_FLAGS: readonly GlobalFlag[] = [
  { name: 'yes', short: 'y', description: 'Take the default of every option that is not given; ask nothing' },
  { name: 'answers', placeholder: 'FILE', description: 'Read answers from a JSON object; flags come before it' },
  { name: 'dry-run', description: 'Print what would change as a unified diff; write nothing' },
  { name: 'json', description: 'Print one JSON object on stdout and nothing else; ask nothing' },
  { name: 'no-install', description: 'Do not run npm install after writing' },
  { name: 'help', short: 'h', description: 'Print this help' },
];

/** Plop's own flags that have had their effect when a generator starts. Each takes a value. */
export const PLOP_FLAGS: readonly string[] = ['plopfile', 'cwd'];

/** The flag of an option: `dryRun` → `dry-run`. */
export function flagOf(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** All flags that a generator understands, with their dashes. */
export function flagsOf(generator: Generator): readonly string[] {
  const own = Object.entries(generator.options).flatMap(([name, option]) =>
    option.kind === 'flag' ? [`--${flagOf(name)}`, `--no-${flagOf(name)}`] : [`--${flagOf(name)}`],
  );
  return [...own, ...GLOBAL_FLAGS.map((flag) => `--${flag.name}`)];
}
