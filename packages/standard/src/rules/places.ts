import { ADOPTION_FILE } from '../../../testkit/src/guards/left-tests.ts';
import type { Finding, Rule } from '../finding.ts';
import { leftOf } from '../left-tests.ts';
import { isTool, pathIn } from '../owner.ts';
import type { Package, Repository, Source } from '../repository.ts';

/** Names that runners look for. What defines a test under another name is known by what it does. */
const NAMED_AS_TEST =
  /\.(tests?|specs?|it|itest|e2e|cy|ispec|int)\.[cm]?[jt]sx?$|_(test|spec)\.[cm]?[jt]sx?$|(^|\/)(__tests?__|__specs?__)\/.*\.[cm]?[jt]sx?$/;
const RUNNERS =
  /^(node:test(\/.*)?|bun:test|@jest\/globals|jest|jest-circus|mocha|jasmine|ava|tap|@tapjs\/.*|tape|uvu|zora|qunit|lab|@hapi\/lab|@playwright\/test|cypress|@japa\/runner|@std\/testing.*)$/;

export const places: Rule = {
  name: 'places',
  asks: 'every test is run by its suite',
  check: (repository) => {
    const { packages, suites } = repository;
    const workspace = packages.find(({ folder }) => folder === '.')?.name ?? '';
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

type Problem = Omit<Finding, 'rule' | 'package'>;

function problemOf(each: Package, path: string, { suites }: Repository): Problem[] {
  const whole = pathIn(each, path);
  if (path in leftOf(each)) return [];
  const runBy = suites.value?.tests[whole] ?? [];
  const source = each.sources.get(path);
  if (source === undefined) return [];
  const suite = suiteOf(path);
  if (runBy.length === 0) return notRun(each, path, source);
  if (each.folder !== '.' && (runBy.length > 1 || runBy[0] !== suite)) {
    const what = `${whole} is run by the suite ${runBy.join(' and ')}, not by ${suite ?? 'unit or integration'} alone`;
    return [
      { what, todo: 'Mend the include patterns of vitest.config.ts: src/ is unit, integration/ is integration.' },
    ];
  }
  return [];
}

/** What the configuration has, and the command of the target leaves out. */
function cut(each: Package, { suites }: Repository): Problem[] {
  return Object.entries(suites.value?.left ?? {}).flatMap(([suite, paths]) => {
    const [first, ...others] = paths.filter((path) => path.startsWith(`${each.folder}/`));
    if (first === undefined) return [];
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
  if (!NAMED_AS_TEST.test(path) && defines === undefined) return [];
  if (each.folder === '.' && /^test\/.*\/(fixture|documents)\//.test(path)) return [];
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
  return Object.entries(leftOf(each)).map(([path, reason]) => ({
    what: files.includes(path)
      ? `no suite runs ${folder}/${path}, which adopting left: ${reason}`
      : `${folder}/${ADOPTION_FILE} lists ${path}, which is not there`,
    todo: `${files.includes(path) ? 'Mend it, then run' : 'Run'} npx plop adopt --package ${name}.`,
  }));
}

function suiteOf(path: string): 'unit' | 'integration' | undefined {
  if (/^(src|generators)\//.test(path)) return 'unit';
  return /^(test\/)?integration\//.test(path) ? 'integration' : undefined;
}

function runnersOf(each: Package): Problem[] {
  const stays = leftOf(each);
  const taken = [...each.sources].filter(([path]) => !(path in stays));
  const imported = taken.flatMap(([path, { imports }]) =>
    imports
      .filter((specifier) => RUNNERS.test(specifier) && !(isTool(each) && /\.fixture\.ts$/.test(path)))
      .map((specifier) => ({
        what: `${pathIn(each, path)} is a test of another runner, ${specifier}, which no target runs`,
        todo: 'Write it with Vitest: beside the code in src/ a unit test, in integration/ an integration test.',
      })),
  );
  const { dependencies, devDependencies, scripts = {} } = each.manifest;
  const declared = isTool(each)
    ? []
    : Object.keys({ ...dependencies, ...devDependencies })
        .filter((name) => RUNNERS.test(name))
        .map((name) => ({
          what: `${each.folder}/package.json depends on another runner of tests, ${name}`,
          todo: 'Take it out; both suites are run by Vitest.',
        }));
  const called = Object.entries(scripts)
    .filter(
      ([, script]) =>
        each.folder !== '.' &&
        /\b(jest|mocha|ava|jasmine|cypress|playwright test|node (\S+ )*--test|bun test|tap)\b/.test(script),
    )
    .map(([name, script]) => ({
      what: `${each.folder}/package.json: the script ${name} runs another runner of tests: ${script}`,
      todo: 'Take it out; both suites are run by Vitest.',
    }));
  return [...imported, ...declared, ...called];
}
