import { knownFaults } from '../effects/known-faults.ts';
import { exitCode, nameOf, noTests, TARGETS, unseen, WARNING } from '../effects/send-faults.ts';
import type { Rule } from '../finding.ts';
import { rootName } from '../owner.ts';

const PLACES = {
  lint: 'biome.json',
  typecheck: 'tsconfig.json',
  unit: 'vitest.config.ts (or the guards of the testkit)',
  integration: 'vitest.config.ts (or the guards of the testkit)',
} as const;

export const refused: Rule = {
  name: 'refused',
  asks: 'each target refuses the faults that are known to be bad',
  check: ({ faults, packages }) => {
    const workspace = rootName(packages);
    const tell = (what: string, todo: string) => ({ package: workspace, what, todo });
    if (faults.problem !== undefined) {
      return [
        tell(
          `What the targets refuse cannot be told: ${faults.problem}`,
          'Run npx nx run-many -t lint typecheck unit integration, and mend what it says.',
        ),
      ];
    }
    const passed = (name: string) => faults.value.get(name) !== 'refused';
    // A target whose result counts for nothing refuses none of them; one sentence is enough.
    const worthless = TARGETS.filter((target) => passed(exitCode(target)));
    const ends = worthless.map((target) =>
      tell(
        `nx.json: the target ${target} passes a package that is full of faults`,
        `Let targetDefaults.${target} run the tool, and fail where it fails.`,
      ),
    );
    const empty = (['unit', 'integration'] as const).filter(
      (suite) => passed(noTests(suite)) && !worthless.includes(suite),
    );
    const without = empty.map((suite) =>
      tell(
        `nx.json: the target ${suite} passes a package without tests`,
        'Take passWithNoTests out of its command and of vitest.config.ts.',
      ),
    );
    const warning =
      passed(WARNING) && !worthless.includes('lint')
        ? [
            tell(
              'nx.json: the target lint passes what the linter warns of',
              'Put --error-on-warnings back into its command.',
            ),
          ]
        : [];
    const unknown = TARGETS.filter((target) => faults.value.has(unseen(target)));
    const untold = unknown.map((target) =>
      tell(
        `What the target ${target} refuses cannot be told, since it fails before: ${faults.value.get(unseen(target))}`,
        `Run npx nx run-many -t ${target}, and mend what it says.`,
      ),
    );
    const each = knownFaults
      .filter((fault) => !unknown.includes(fault.target))
      .filter((fault) => !worthless.includes(fault.target) && passed(nameOf(fault)))
      .map(({ target, name, by }) => {
        const place = PLACES[target];
        return tell(
          by === undefined
            ? `${place}: the target ${target} passes ${name}`
            : `${place}: the target ${target} passes ${name}: ${by} is off`,
          by === undefined
            ? `Restore the project ${target} of vitest.config.ts, its setupFiles, and the testkit's guards.`
            : `Switch ${by} on again.`,
        );
      });
    return [...ends, ...without, ...warning, ...untold, ...each];
  },
};
