#!/usr/bin/env node
// npx splitlevel, and what npx plop starts (link-plop.js puts it there). `ci`, `levels`, `standard` and `watch` are commands of
// their own; all else is Plop's. Plop answers a bare --help, --version or --init itself, before it reads the plopfile, and says what is
// true of Plop alone: with a word before them they reach the generators' command.
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';

const WORDS = { '--help': 'help', '-h': 'help', '--version': 'version', '-v': 'version' };

// Plop, the engine and what both load are then compiled, and stripped of their types, once and not in every run: a third of
// a run's time. Where the temporary folder is not there, Node would make it, or try for ever.
if (existsSync(tmpdir())) {
  nodeModule.enableCompileCache?.();
}

const args = process.argv.slice(2);
if (args[0] === 'ci' || args[0] === 'standard') {
  process.argv.splice(2, 1);
  await import(`@splitlevel/${args[0]}/command`);
} else if (args[0] === 'levels') {
  process.argv.splice(2, 1);
  // It brings along what few need every day, so that it is installed where it is wanted.
  const { createRequire } = nodeModule;
  let command;
  try {
    command = createRequire(`${process.cwd()}/package.json`).resolve('@splitlevel/levels/command');
  } catch {
    const { inTermsOf, managerOf } = await import('@splitlevel/generators/engine');
    const { version } = createRequire(import.meta.url)('../package.json');
    console.error('npx splitlevel levels needs @splitlevel/levels, which is not installed here.');
    console.error(
      inTermsOf(
        managerOf(process.cwd()),
        `Install it: npm install --save-dev --save-exact @splitlevel/levels@${version}`,
      ),
    );
    process.exit(1);
  }
  await import(pathToFileURL(command).href);
} else if (args[0] === 'watch') {
  process.argv.splice(2, 1);
  await import('splitlevel/watch');
} else {
  const flag = args.find((each) => each !== '--');
  if (flag?.startsWith('-')) {
    const word = WORDS[flag] ?? (/^(--init(-ts)?|-i)$/.test(flag) ? flag.replace(/^-+/, '') : undefined);
    if (word !== undefined) {
      process.argv.push(word);
    }
  }
  // Plop reports a plopfile that cannot be parsed, and leaves the code.
  process.exitCode = 1;
  await import('plop/bin/plop.js');
}
