import { flagOf } from '../../generators/engine/command/flags.ts';
import type { Given } from '../generate.ts';
import type { CoveringArray } from './covering-array.ts';
import type { Value } from './option-values.ts';
import type { TemplateCoverage } from './template-coverage.ts';

/** How well the rows of a generator hold its pairs, with those that cannot be had. */
export function pairsAsText(generator: string, { rows, covered, impossible, total }: CoveringArray<Value>): string {
  const refused = [...Map.groupBy(impossible, ([, reason]) => reason)].map(([reason, pairs]) => {
    return `  impossible: ${reason}\n${pairs.map(([pair]) => `    ${pair.split(' & ').map(shorten).join(' & ')}`).join('\n')}`;
  });
  return [
    `${generator}: ${covered.length} of ${total - impossible.size} pairs of values in ${rows.length} rows; ${impossible.size} more are impossible`,
    ...refused,
  ].join('\n');
}

/** A row as the command that a person would give. */
export function commandAsText(generator: string, given: Given): string {
  const flags = [...given].flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each) => (typeof each === 'boolean' ? flagAsText(name, each) : `--${flagOf(name)} ${quote(each)}`)),
  );
  return ['npx plop', generator, ...flags].join(' ');
}

/** How much of the templates was rendered. */
export function coverageAsText({ files, branches, unused }: TemplateCoverage): string {
  const [places, whole] = [unused.filter((each) => /:\d+ /.test(each)), unused.filter((each) => !/:\d+ /.test(each))];
  return `templates: ${files - whole.length} of ${files} files and ${branches - places.length} of ${branches} branches rendered`;
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}

function flagAsText(name: string, value: boolean): string {
  return value ? `--${flagOf(name)}` : `--no-${flagOf(name)}`;
}

function quote(value: unknown): string {
  const text = String(value);
  return /^[\w./:-]+$/.test(text) ? text : JSON.stringify(shorten(text));
}
