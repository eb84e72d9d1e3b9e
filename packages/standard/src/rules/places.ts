import { runnerOfModule, runnerOfScript } from '@splitlevel/generators/runners';
import { ADOPTION_FILE } from '@splitlevel/guards/left-tests';
import type { Problem, Rule } from '../finding.ts';
import { adoptionOf, leftOf } from '../left-tests.ts';
import { isTool, pathIn, rootName } from '../owner.ts';
import type { Package, Repository, Source } from '../repository.ts';

/** Names that runners look for. A test under another name is found by its calls. */
const NAMED_AS_TEST =
  /\.(tests?|specs?|it|itest|e2e|cy|ispec|int)\.[cm]?[jt]sx?$|_(test|spec)\.[cm]?[jt]sx?$|(^|\/)(__tests?__|__specs?__)\/.*\.[cm]?[jt]sx?$/;

export const places: Rule = {
  name: 'places',
  asks: 'every test is run by its suite',
  check: (repository) => {
    const { packages, suites } = repository;
    const workspace = rootName(packages);
    if (suites.problem !== undefined) {
      const what = `vitest.config.ts cannot be loaded, so that nothing can be told of the suites: ${suites.problem}`;
      return [{ package: workspace, what, todo: 'Run npx vitest list, and mend what it says.' }];
    }
    const loose = suites.value.loose.map((setting) => ({
      package: workspace,
      what: `vitest.config.ts sets ${setting}: what fails may pass`,
      todo: 'Take it out.',
    }));
    const found = packages.flatMap((each) =>
      [
        ...each.files.flatMap((path) => problemOf(each, path, repository)),
        ...cut(each, repository),
        ...left(each),
        ...runnersOf(each),
      ].map((finding) => ({
        package: each.name,
        ...finding,
      })),
    );
    return [...loose, ...found];
  },
};

function problemOf(each: Package, path: string, { suites }: Repository): Problem[] {
  const whole = pathIn(each, path);
  if (path in leftOf(each)) {
    return [];
  }
  const runBy = suites.value?.tests[whole] ?? [];
  const source = each.sources.get(path);
  if (source === undefined) {
    return [];
  }
  if (each.folder === '.' && path.startsWith('packages/')) {
    return stray(path, source);
  }
  const suite = suiteOf(path);
  if (runBy.length === 0) {
    return notRun(each, path, source);
  }
  if (each.folder !== '.' && (runBy.length > 1 || runBy[0] !== suite)) {
    const what = `${whole} is run by the suite ${runBy.join(' and ')}, not by ${suite ?? 'unit or integration'} alone`;
    return [
      { what, todo: 'Mend the include patterns of vitest.config.ts: src/ is unit, integration/ is integration.' },
    ];
  }
  return [];
}

/** A test in a folder of packages/ that is not a package, since it has no package.json. */
function stray(path: string, { tests }: Source): Problem[] {
  if (!NAMED_AS_TEST.test(path) && tests.length === 0) {
    return [];
  }
  return [
    {
      what: `${path} is a test in a folder without package.json: no target runs it`,
      todo: 'Give the folder a package.json with its targets, as the generators make it, or move the test into a package.',
    },
  ];
}

/** Finds tests that the configuration has and the command of the target leaves out. */
function cut(each: Package, { suites }: Repository): Problem[] {
  return Object.entries(suites.value?.left ?? {}).flatMap(([suite, paths]) => {
    const [first, ...others] = paths.filter((path) => path.startsWith(`${each.folder}/`));
    if (first === undefined) {
      return [];
    }
    const more = others.length === 0 ? 'is' : `and ${others.length} more are`;
    return [
      {
        what: `${first} ${more} left out by nx.json's command of ${suite}`,
        todo: `Take what leaves them out of targetDefaults.${suite}.`,
      },
    ];
  });
}

function notRun(each: Package, path: string, { tests }: Source): Problem[] {
  const whole = pathIn(each, path);
  const suite = suiteOf(path);
  if (suite !== undefined && /\.test\.ts$/.test(path)) {
    const what = `${whole} is run by no suite: vitest.config.ts leaves it out`;
    return [{ what, todo: `Take what excludes it out of the project ${suite}.` }];
  }
  // The testkit's own fixtures of tests are run by its tests.
  const defines = tests.length > 0 && !/\.fixture\.ts$/.test(path) ? tests[0] : undefined;
  if (!NAMED_AS_TEST.test(path) && defines === undefined) {
    return [];
  }
  if (each.folder === '.' && /^test\/.*\/(fixture|documents)\//.test(path)) {
    return [];
  }
  const why = NAMED_AS_TEST.test(path) ? 'is named like a test' : `defines a test in line ${defines?.line}`;
  const name = path
    .replace(/.*\//, '')
    .replace(/([._-](tests?|specs?|it|itest|e2e|cy|ispec|unit|int))?\.[cm]?[jt]sx?$/, '');
  if (suite !== undefined) {
    return [
      {
        what: `${whole} ${why}, and is run by no suite`,
        todo: `Test files are named *.test.ts here: rename it to ${name}.test.ts.`,
      },
    ];
  }
  const [unit, integration] =
    each.folder === '.' ? ['generators/', 'test/integration/'] : [`${each.folder}/src/`, `${each.folder}/integration/`];
  return [
    {
      what: `${whole} ${why}, and no suite looks here`,
      todo: `Move it to ${unit} (a unit test) or ${integration} (an integration test), as ${name}.test.ts.`,
    },
  ];
}

/** The tests that adopting left where they were, with its reasons. */
function left(each: Package): Problem[] {
  const { name, folder, files } = each;
  const { stays, problem } = adoptionOf(each);
  if (problem !== undefined) {
    const what = `${folder}/${ADOPTION_FILE} is not a list of tests that adopting left: ${problem}`;
    return [{ what, todo: `Remove it, then run npx plop adopt --package ${name}.` }];
  }
  return Object.entries(stays).map(([path, reason]) => ({
    what: files.includes(path)
      ? `no suite runs ${folder}/${path}, which adopting left: ${reason}`
      : `${folder}/${ADOPTION_FILE} lists ${path}, which is not there`,
    todo: `${files.includes(path) ? 'Mend it, then run' : 'Run'} npx plop adopt --package ${name}.`,
  }));
}

function suiteOf(path: string): 'unit' | 'integration' | undefined {
  if (/^(src|generators)\//.test(path)) {
    return 'unit';
  }
  return /^(test\/)?integration\//.test(path) ? 'integration' : undefined;
}

function runnersOf(each: Package): Problem[] {
  const stays = leftOf(each);
  const taken = [...each.sources].filter(([path]) => !(path in stays));
  const imported = taken.flatMap(([path, { imports }]) =>
    imports
      .filter((specifier) => runnerOfModule(specifier) !== undefined && !(isTool(each) && /\.fixture\.ts$/.test(path)))
      .map((specifier) => ({
        what: `${pathIn(each, path)} is a test of another runner, ${specifier}, which no target runs`,
        todo: 'Write it with Vitest: beside the code in src/ a unit test, in integration/ an integration test.',
      })),
  );
  const { dependencies, devDependencies, scripts = {} } = each.manifest;
  const declared = isTool(each)
    ? []
    : Object.keys({ ...dependencies, ...devDependencies })
        .filter((name) => runnerOfModule(name) !== undefined)
        .map((name) => ({
          what: `${each.folder}/package.json depends on another runner of tests, ${name}`,
          todo: 'Take it out; both suites are run by Vitest.',
        }));
  const called = Object.entries(scripts)
    .filter(([, script]) => each.folder !== '.' && runnerOfScript(script) !== undefined)
    .map(([name, script]) => ({
      what: `${each.folder}/package.json: the script ${name} runs another runner of tests: ${script}`,
      todo: 'Take it out; both suites are run by Vitest.',
    }));
  return [...imported, ...declared, ...called];
}
