import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { createVitest, parseCLI } from 'vitest/node';
import type { NxConfiguration, Suites } from '../repository.ts';
import { ANSWER } from './ask.ts';

// Prints which test files Vitest would run in which project: by the configuration, and by the options of nx.json's
// commands, which may leave some out.
const root = process.cwd();
const { targetDefaults = {} } = JSON.parse(readFileSync('nx.json', 'utf8')) as NxConfiguration;

const tests: Record<string, string[]> = {};
const left: Record<string, string[]> = {};
const loose: string[] = [];

const vitest = await createVitest('test', { watch: false, run: true, root });
for (const { moduleId, project } of await vitest.globTestSpecifications()) {
  const path = relative(root, moduleId);
  tests[path] = [...(tests[path] ?? []), project.name];
}
for (const { name, config, vite } of vitest.projects) {
  // Vite has two of its own, for browsers.
  const aliases = vite.config.resolve.alias.filter(({ replacement }) => !/\/vite\/dist\/client\//.test(replacement));
  for (const { find } of aliases) {
    loose.push(`an alias in place of ${String(find)} in the project ${name}`);
  }
  const { allowOnly, dangerouslyIgnoreUnhandledErrors, passWithNoTests, testNamePattern, retry } = config;
  const { onUnhandledError, tagsFilter } = config;
  const settings = {
    allowOnly,
    dangerouslyIgnoreUnhandledErrors,
    passWithNoTests,
    testNamePattern,
    retry,
    onUnhandledError,
    tagsFilter: tagsFilter?.length,
    update: config.snapshotOptions.updateSnapshot === 'all',
  };
  for (const { name: tag, ...options } of config.tags) {
    const given = Object.entries(options).find(([key, value]) => /^(skip|only|todo|fails|retry)$/.test(key) && value);
    // Vitest gives a project the tags of all others.
    const told = `${given?.[0]} for the tag ${tag}`;
    if (given !== undefined && !loose.includes(told)) {
      loose.push(told);
    }
  }
  for (const [key, value] of Object.entries(settings)) {
    if (value !== undefined && value !== false && value !== 0) {
      loose.push(`${key} of the project ${name}`);
    }
  }
}
if (vitest.config.passWithNoTests) {
  loose.push('passWithNoTests');
}
await vitest.close();

for (const suite of ['unit', 'integration']) {
  const command = String(targetDefaults[suite]?.options?.command ?? targetDefaults[suite]?.command ?? '');
  if (!/^vitest run\b/.test(command)) {
    continue;
  }
  const { options, filter } = parseCLI(command);
  // A configuration may read the command line itself.
  process.argv.splice(2, Infinity, ...command.split(/\s+/).slice(1));
  const narrowed = await createVitest('test', { ...options, watch: false, run: true, root });
  const found = new Set((await narrowed.globTestSpecifications()).map(({ moduleId }) => relative(root, moduleId)));
  await narrowed.close();
  left[suite] = Object.keys(tests).filter((path) => {
    // The root has commands of its own.
    const folder = /^packages\/[^/]+/.exec(path)?.[0];
    if (folder === undefined || !tests[path]?.includes(suite)) {
      return false;
    }
    const wanted = filter.map((each) => each.replaceAll('{projectRoot}', folder));
    return !found.has(path) || (wanted.length > 0 && !wanted.some((each) => path.includes(each)));
  });
}

const answer: Suites = { tests, left, loose: [...new Set(loose)] };
process.stdout.write(`${ANSWER}${JSON.stringify(answer)}`, () => process.exit(0));
