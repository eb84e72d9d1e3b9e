import type { Rule } from '../finding.ts';
import { reachable } from '../reachable.ts';

const TEST = /^(test\/)?integration\/.*\.test\.ts$/;

export const mocks: Rule = {
  name: 'mocks',
  asks: 'integration tests mock no modules',
  check: ({ packages }) =>
    packages.flatMap(({ name, folder, sources }) => {
      const tests = [...sources.keys()].filter((path) => TEST.test(path));
      return [...reachable(tests, sources)].flatMap(([path, source]) =>
        source.mocks.map(({ text, line }) => ({
          package: name,
          what: `${folder === '.' ? '' : `${folder}/`}${path}:${line} mocks a module: ${text}`,
          todo: 'Use the real part (for an upstream, its stubs and faults), or make it a unit test with a double passed in.',
        })),
      );
    }),
};
