import { listItems } from '../engine/answers/list-items.ts';
import type { Option } from '../engine/answers/options.ts';
import { flagOf } from '../engine/command/flags.ts';
import { didYouMean } from '../engine/command/nearest.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import type { Generator } from '../engine/generator.ts';
import { nameOfRun, type RunRecord } from '../engine/record/run-record.ts';
import type { Replayed } from '../engine/replay/replay.ts';

/** Options that say where something is or what it is called: `rename` changes these. */
export const PLACES: readonly string[] = ['name', 'package', 'kind', 'directory'];

/**
 * The runs of a folder with other answers.
 * @param settings as `--set` has them: `port=3001`, or `refund.field=amount:money` for the addition that is called refund.
 * @throws {Failure} (wrong usage) when an option is not known.
 */
export function withSettings(
  runs: readonly RunRecord[],
  settings: readonly string[],
  generators: readonly Generator[],
): readonly Replayed[] {
  const changed = runs.map((run) => ({ ...run, answers: { ...run.answers } as Record<string, unknown> }));
  const lists = new Set<string>();
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    const [key, value] = [setting.slice(0, equals), setting.slice(equals + 1)];
    const dot = key.lastIndexOf('.');
    const run = dot === -1 ? changed[0] : changed.slice(1).find((each) => nameOfRun(each) === key.slice(0, dot));
    if (run === undefined) {
      const names = changed.slice(1).map(nameOfRun);
      throw new Failure(
        EXIT.usage,
        `--set ${setting}: nothing called ${key.slice(0, dot)} was added${didYouMean(key.slice(0, dot), names)}`,
      );
    }
    const [name, option] = findOption(setting, key.slice(dot + 1), run.generator, generators);
    const given = settingValue(setting, option, value);
    if (option.kind === 'list' && lists.has(key) && Array.isArray(given)) {
      run.answers[name] = [...(run.answers[name] as readonly unknown[]), ...given];
    } else {
      run.answers[name] = given;
    }
    lists.add(key);
  }
  return changed;
}

function findOption(setting: string, flag: string, name: string, generators: readonly Generator[]): [string, Option] {
  const options = Object.entries(generators.find((each) => each.name === name)?.options ?? {});
  const settable = options.filter(([option]) => !PLACES.includes(option));
  const found = settable.find(([option]) => option === flag || flagOf(option) === flag);
  if (found === undefined) {
    const flags = settable.map(([option]) => flagOf(option));
    const remedy = PLACES.includes(flag)
      ? 'A package gets another name by npx plop rename.'
      : `The options of ${name} are: ${flags.join(', ')}.`;
    throw new Failure(
      EXIT.usage,
      `--set ${setting}: ${name} has no option ${flag} that can be set${didYouMean(flag, flags)}`,
      remedy,
    );
  }
  return found;
}

function settingValue(setting: string, option: Option, text: string): unknown {
  if (option.kind === 'list') {
    return listItems(text);
  }
  if (option.kind === 'integer') {
    return /^\d+$/.test(text) ? Number(text) : text;
  }
  if (option.kind === 'flag') {
    if (text !== 'true' && text !== 'false') {
      throw new Failure(EXIT.usage, `--set ${setting}: must be true or false`);
    }
    return text === 'true';
  }
  return text;
}
