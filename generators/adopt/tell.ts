import { ADOPTION_FILE } from '@splitlevel/guards/left-tests';
import type { Left } from '../engine/generator.ts';
import type { Proven } from './proven.ts';
import type { AdoptedPackage } from './read-package.ts';
import { fatesAsText } from './settings/fate.ts';

/** The report of an adoption beside the files. */
export function notesOf({ folder }: AdoptedPackage, { draft, suites, stays }: Proven): readonly string[] {
  const count = (suite: string) => [...suites.values()].filter((each) => each === suite).length;
  return [
    `${count('unit')} unit, ${count('integration')} integration, ${stays.size} ${stays.size === 1 ? 'stays' : 'stay'}.`,
    ...[...stays].map(([path, reason]) => `  stays  ${folder}/${path}: ${reason}.`),
    ...(draft.fates.length === 0 ? [] : ['What becomes of its settings:', ...fatesAsText(draft.fates)]),
  ];
}

/** Why the package is not wholly under the standard yet, if it is not. */
export function leftOf({ folder, project }: AdoptedPackage, { draft, trial, stays }: Proven): { readonly left?: Left } {
  const problems = [
    ...(stays.size === 0
      ? []
      : [
          `${stays.size === 1 ? 'a test file stays' : `${stays.size} test files stay`} where no suite runs ${stays.size === 1 ? 'it' : 'them'}, listed in ${folder}/${ADOPTION_FILE} with the reason`,
        ]),
    ...(trial.lint === undefined ? [] : [`lint is red:\n${indented(trial.lint)}`]),
    ...(trial.types === undefined ? [] : [`typecheck is red:\n${indented(trial.types)}`]),
    ...draft.problems,
  ];
  if (problems.length === 0) {
    return {};
  }
  const targets = `npx nx run-many -t lint typecheck ${draft.suites.join(' ')} -p ${project}`;
  return {
    left: {
      problem: `${folder} is not wholly under the standard yet: ${problems.join('\n')}`,
      remedy:
        stays.size > 0
          ? `Mend these, then run npx plop adopt --package ${project} again; until then npm run standard lists them as departures.`
          : `Mend this, and look with ${targets}.`,
    },
  };
}

const MOST_LINES = 20;

function indented(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rest = lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} lines more`] : [];
  return [...lines.slice(0, MOST_LINES), ...rest].map((line) => `  ${line}`).join('\n');
}
