import type { Generator } from '../generator.ts';

/** A flag that every generator has. */
export interface GlobalFlag {
  readonly name: 'yes' | 'answers' | 'dry-run' | 'json' | 'no-install' | 'help' | 'version';
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
  { name: 'version', short: 'v', description: 'Print the versions of Splitlevel and Plop' },
];

/** Flags by which Plop itself finds the workspace, and that it has obeyed when a generator starts. Each takes a value. */
export const PLOP_FLAGS = {
  '--cwd': 'Run the generators of the workspace around another folder',
  '--plopfile': 'Run the generators of the workspace of this plopfile.ts',
} as const;

/** Flags of Plop itself that are refused, and what to do instead. */
export const REFUSED_PLOP_FLAGS: ReadonlyMap<string, string> = new Map([
  ['--force', 'Nothing is overwritten here. Remove or move away what is in the way, then run the command again.'],
  ['-f', 'Nothing is overwritten here. Remove or move away what is in the way, then run the command again.'],
  ['--dest', 'A package is made in the workspace’s own folder of packages; npx plop workspace takes a DIRECTORY.'],
  ['--preload', 'Import the module in plopfile.ts.'],
  ['--completion', 'There is no completion for shells; npx plop GENERATOR --help lists the options.'],
  ['--init', 'This workspace has its plopfile.ts. Add a generator as a folder of generators/.'],
  ['-i', 'This workspace has its plopfile.ts. Add a generator as a folder of generators/.'],
  ['--init-ts', 'This workspace has its plopfile.ts. Add a generator as a folder of generators/.'],
  ['--progress', 'Progress is plain lines on standard error; --json prints none.'],
  ['--no-progress', 'Progress is plain lines on standard error; --json prints none.'],
  ['--show-type-names', 'The fates of files are written in full: create, edit, move, kept.'],
  ['-t', 'The fates of files are written in full: create, edit, move, kept.'],
]);

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
