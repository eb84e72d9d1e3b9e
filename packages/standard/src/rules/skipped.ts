import type { Rule } from '../finding.ts';
import { ownerOf, pathIn } from '../owner.ts';
import { reachable } from '../reachable.ts';
import type { Package, Repository } from '../repository.ts';

const TODO = 'Let it run, mend it, or delete it: nobody sees what a skipped test would say.';
/** Splitlevel's own tests of what only some machines can do: containers, a second file system. New repositories have none. */
const OF_SOME_MACHINES = /^(packages\/testkit\/integration\/on-containers\.ts$|test\/)/;
const ON_CONDITION = /(runIf|skipIf|^context\.skip\(…\))$/;

export const skipped: Rule = {
  name: 'skipped',
  asks: 'no test is skipped, to be written, expected to fail or run alone',
  check: (repository) => {
    const told = repository.packages.flatMap((each) => inCode(each, repository));
    const seen = new Set(told.map(({ file }) => file));
    const atRun = [...repository.unitRun.files]
      // Of a file that fails, the tests after the failure did not run; the failure has its own finding.
      .filter(([file, { passed, skipped: names }]) => passed && names.length > 0 && !seen.has(file))
      .map(([file, { skipped: names }]) => ({
        package: ownerOf(file, repository.packages),
        what: `${file}: ${names.length === 1 ? 'the test' : `${names.length} tests, as`} ${JSON.stringify(names[0])} did not run`,
        todo: TODO,
      }));
    return [...told.map(({ file: _, ...finding }) => finding), ...atRun];
  },
};

/** In the tests, and in what they import. */
function inCode(each: Package, { suites }: Repository) {
  const tests = [...each.sources.keys()].filter((path) => suites.value?.tests[pathIn(each, path)] !== undefined);
  return [...reachable(tests, each.sources)].flatMap(([path, { skips: all }]) => {
    const file = pathIn(each, path);
    // A function of this name skips something else in production code.
    const skips = tests.includes(path) ? all : all.filter(({ text }) => !/skip\(…\)$/.test(text));
    const held = skips.filter(({ text }) => !OF_SOME_MACHINES.test(file) || !ON_CONDITION.test(text));
    return [...new Map(held.map((skip) => [skip.line, skip])).values()].map(({ text, line }) => ({
      file,
      package: each.name,
      what: `${file}:${line} ${effectOf(text)}: ${text}`,
      todo: TODO,
    }));
  });
}

function effectOf(text: string): string {
  if (/only|^f(it|describe)/.test(text)) {
    return 'runs a test alone';
  }
  if (/fails$|\{ fails: /.test(text)) {
    return 'passes where a test fails';
  }
  return /\{ retry: /.test(text) ? 'passes where a test passes now and then' : 'skips tests';
}
