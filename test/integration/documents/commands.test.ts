import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCommandLine } from '../../../generators/engine/command/command-line.ts';
import type { Generator } from '../../../generators/engine/generator.ts';
import { loadGenerators } from '../../../generators/engine/load-generators.ts';
import { commandsOf, type Document, documents, forUsers } from '../../documents/read-documents.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';

/** Generators that the documents have as examples of a team's own. */
const OWN = ['job'];

let generators: readonly Generator[];
beforeAll(async () => {
  generators = await loadGenerators(repositoryRoot);
});

/** The commands of documents that begin like this, one a row: the document, the whole command, its arguments. */
function rowsOf(beginning: string, among: readonly Document[] = documents) {
  return among.flatMap((document) =>
    commandsOf(document, beginning).map((args) => [document.path, `${beginning} ${args.join(' ')}`, args] as const),
  );
}

function scriptsOf(path: string): readonly string[] {
  const [, scripts = ''] = /"scripts": \{\n(.*?)\n {2}\}/s.exec(readFileSync(join(repositoryRoot, path), 'utf8')) ?? [];
  return [...scripts.matchAll(/^\s*"([\w:-]+)":/gm)].map(([, name = '']) => name);
}

const { targetDefaults } = JSON.parse(readFileSync(join(repositoryRoot, 'nx.json'), 'utf8')) as {
  targetDefaults: Record<string, unknown>;
};

describe('the command line takes', () => {
  test.each(rowsOf('npx plop').filter(([, , [name = '']]) => !OWN.includes(name)))('%s: %s', (_, __, args) => {
    expect(() => readCommandLine(args, generators)).not.toThrow();
  });

  const toCreate = rowsOf('npm create splitlevel@latest').map(([document, command, args]) => {
    return [document, command, args[0] === '--' ? args.slice(1) : args] as const;
  });
  test.each(toCreate)('%s: %s', (_, __, args) => {
    expect(() => readCommandLine(['workspace', ...args], generators)).not.toThrow();
  });
});

describe('this repository has the script of', () => {
  test.each([...rowsOf('npm run'), ...rowsOf('npm run --silent')])('%s: %s', (_, __, [name = '']) => {
    expect(scriptsOf('package.json')).toContain(name);
  });
});

describe('a new repository has the script of', () => {
  test.each(rowsOf('npm run', forUsers))('%s: %s', (_, __, [name = '']) => {
    expect(scriptsOf('templates/workspace/base/package.json.hbs')).toContain(name);
  });
});

describe('Nx has the targets of', () => {
  test.each(rowsOf('npx nx'))('%s: %s', (_, __, args) => {
    const [command = ''] = args;
    const targets = ['run-many', 'affected'].includes(command)
      ? args.slice(args.indexOf('-t') + 1).filter((_arg, index, rest) => !rest.slice(0, index + 1).includes('-p'))
      : [command];
    expect(targets).not.toEqual([]);
    for (const target of targets) {
      expect(targetDefaults).toHaveProperty(target);
    }
  });
});

test('Vitest is always told the project', () => {
  const commands = [...rowsOf('npx vitest run'), ...rowsOf('npx vitest watch')];
  expect(commands.length).toBeGreaterThan(5);
  for (const [document, command] of commands) {
    expect(command, document).toMatch(/ --project (unit|integration|acceptance) /);
  }
});
