import type { Rule } from '../finding.ts';
import { pathIn } from '../owner.ts';
import { reachable } from '../reachable.ts';

const TEST = /^(test\/)?integration\/.*\.test\.ts$/;
/** Libraries that stand in for modules, for the network or for a server. */
const DOUBLES =
  /^(nock|msw(\/.*)?|sinon|proxyquire|testdouble|rewire|esmock|mock-require|mockery|pg-mem|pgmock|ioredis-mock|redis-mock|mock-fs|memfs|fetch-mock|jest-fetch-mock|axios-mock-adapter|aws-sdk-client-mock|mongodb-memory-server)$/;
const TODO =
  'Use the real part (for an upstream, its stubs and faults), or make it a unit test with a double passed in.';

export const mocks: Rule = {
  name: 'mocks',
  asks: 'integration tests mock no modules and no network',
  check: ({ packages }) =>
    packages.flatMap((each) => {
      const tests = [...each.sources.keys()].filter((path) => TEST.test(path));
      return [...reachable(tests, each.sources)].flatMap(([path, source]) => [
        ...source.mocks.map(({ text, line }) => ({
          package: each.name,
          what: `${pathIn(each, path)}:${line} mocks ${/stubGlobal|=/.test(text) ? 'the network' : 'a module'}: ${text}`,
          todo: TODO,
        })),
        ...source.imports
          .filter((specifier) => DOUBLES.test(specifier))
          .map((specifier) => ({
            package: each.name,
            what: `${pathIn(each, path)} uses ${specifier}, which puts a double in place of the real part`,
            todo: TODO,
          })),
      ]);
    }),
};
