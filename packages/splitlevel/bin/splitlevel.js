#!/usr/bin/env node
// npx splitlevel, and what npx plop starts (link-plop.js puts it there). `ci` and `standard` are commands of their own; all
// else is Plop's. Plop answers a bare --help, --version or --init itself, before it reads the plopfile, and says what is
// true of Plop alone: with a word before them they reach the generators' command.
const WORDS = { '--help': 'help', '-h': 'help', '--version': 'version', '-v': 'version' };

const args = process.argv.slice(2);
if (args[0] === 'ci' || args[0] === 'standard') {
  process.argv.splice(2, 1);
  await import(`@splitlevel/${args[0]}/command`);
} else {
  const flag = args.find((each) => each !== '--');
  if (flag?.startsWith('-')) {
    const word = WORDS[flag] ?? (/^(--init(-ts)?|-i)$/.test(flag) ? flag.replace(/^-+/, '') : undefined);
    if (word !== undefined) process.argv.push(word);
  }
  // Plop reports a plopfile that cannot be parsed, and leaves the code.
  process.exitCode = 1;
  await import('plop/bin/plop.js');
}
