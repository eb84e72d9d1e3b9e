import type { Rule } from '../finding.ts';
import { reachable } from '../reachable.ts';
import type { Package } from '../repository.ts';

const FIXTURES = 'integration/fixtures.ts';

/** Holds a package that was made with fixtures to them; the tests that use them are its owner's. */
export const fixtures: Rule = {
  name: 'fixtures',
  asks: 'generated suites get their servers from the testkit, by needs.ts',
  check: ({ packages, generated }) =>
    packages
      .filter(({ name, files }) => {
        const folder = generated.find((each) => each.package === name);
        const hasSuite = files.some((path) => /^integration\/.*\.test\.ts$/.test(path));
        return hasSuite && folder?.files.some(({ path, made }) => path === FIXTURES && made !== undefined);
      })
      .flatMap((each) => problemsOf(each).map((what) => ({ package: each.name, ...what }))),
};

function problemsOf({ folder, sources }: Package) {
  const file = `${folder}/${FIXTURES}`;
  const source = sources.get(FIXTURES);
  const todo = 'Write: export const test = createTest(import.meta.dirname, needs), with needs from ./needs.ts.';
  if (source === undefined) {
    return [{ what: `${file} is gone: the suite has no fixtures of the testkit`, todo }];
  }
  if (!source.createsTest) {
    return [{ what: `${file} does not make its test by createTest of the testkit from ./needs.ts`, todo }];
  }
  const tests = [...sources.keys()].filter((path) => /^integration\/.*\.test\.ts$/.test(path));
  if (reachable(tests, sources).has(FIXTURES)) {
    return [];
  }
  return [
    { what: `${file} is used by none of the integration tests`, todo: 'Import test from ./fixtures.ts in them.' },
  ];
}
