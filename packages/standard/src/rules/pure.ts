import type { Rule } from '../finding.ts';
import { ownerOf } from '../owner.ts';

export const pure: Rule = {
  name: 'pure',
  asks: 'unit tests do no I/O, under the guard',
  check: ({ unitRun: { files, observations, exitCode, output }, packages }) => {
    const seen = new Map(observations.map((each) => [`${each.file}\n${each.test}\n${each.tried}`, each]));
    const impure = [...seen.values()].map(({ file, test, activity, tried, frame }) => ({
      package: ownerOf(file, packages),
      what: `${file}: ${test === undefined ? 'its module scope or a hook' : JSON.stringify(test)} tries to ${tried}${frame === undefined || frame.startsWith(`${file}:`) ? '' : ` at ${frame}`}`,
      todo:
        activity === 'mock'
          ? 'Let the code take what it depends on as an argument, and pass a double in.'
          : 'Pass a double in, or move the test to integration/.',
    }));
    const blamed = new Set(observations.map(({ file }) => file));
    const red = [...files].filter(([file, { passed }]) => !passed && !blamed.has(file));
    const failing = red.map(([file, { failures, tests }]) => ({
      package: ownerOf(file, packages),
      what: `${file} fails, so that the guard has not seen all of it: ${(failures[0] ?? (tests === 0 ? 'it has no tests' : 'no reason given')).split('\n')[0]}`,
      todo: `Run npx vitest run --project unit ${file}, and mend it.`,
    }));
    const unexplained = exitCode !== 0 && impure.length + failing.length === 0;
    const failed = {
      package: ownerOf('', packages),
      what: `The unit suite fails: ${lastLines(output)}`,
      todo: 'Run npx vitest run --project unit, and mend it.',
    };
    return unexplained ? [failed] : [...impure, ...failing];
  },
};

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' ').slice(-300);
}
