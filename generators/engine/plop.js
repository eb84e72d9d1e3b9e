#!/usr/bin/env node
// What npx plop starts, put there by link-plop.js. Plop answers a bare --help, --version or --init itself, before it reads
// the plopfile, and says what is true of Plop alone: with a word before them they reach the command.
const WORDS = { '--help': 'help', '-h': 'help', '--version': 'version', '-v': 'version' };

const args = process.argv.slice(2);
const flag = args.find((each) => each !== '--');
if (flag?.startsWith('-')) {
  const word = WORDS[flag] ?? (/^(--init(-ts)?|-i)$/.test(flag) ? flag.replace(/^-+/, '') : undefined);
  if (word !== undefined) process.argv.push(word);
}
// Plop reports a plopfile that cannot be parsed, and leaves the code.
process.exitCode = 1;
await import('plop/bin/plop.js');
