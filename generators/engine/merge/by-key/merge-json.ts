import { getNodeValue, type JSONPath, type ParseError, parseTree } from 'jsonc-parser';
import { repeatedKey } from '../../answers/repeated-key.ts';
import { compareImages, compareVersions } from './compare-versions.ts';
import { editJson } from './edit-json.ts';
import { type Compare, type JsonObject, type KeyConflict, mergeObjects, raise } from './merge-values.ts';

/** Objects of a manifest whose values are versions. */
const VERSIONS = new Set([
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
  'engines',
  'overrides',
  'resolutions',
  'catalog',
]);

export interface MergedJson {
  readonly text: string;
  /** What the owner and the template changed differently, in one sentence. */
  readonly explanation: string | undefined;
}

/**
 * Merges JSON, with or without comments, by its keys. The owner's text keeps its layout, comments and order. A version
 * never gets lower: of two the higher one stays, also where only the template changed it. What only the template changed
 * is as the template has it, and what both changed is as the owner has it.
 * @param path tells images.json, whose values are images.
 * @param base undefined: there was no such file.
 * @returns undefined where a text is no object of JSON, or has a key twice.
 */
export function mergeJson(
  path: string,
  base: string | undefined,
  ours: string,
  theirs: string,
): MergedJson | undefined {
  const [was, is, becomes] = [base === undefined ? {} : parse(base), parse(ours), parse(theirs)];
  if (was === undefined || is === undefined || becomes === undefined) {
    return undefined;
  }
  const compare: Compare = /(^|\/)images\.json$/.test(path)
    ? (_, left, right) => compareImages(left, right)
    : atVersion;
  if (base === ours) {
    // As the template writes it, but for versions that would get lower.
    return { text: editJson(theirs, raise([], is, becomes, compare)), explanation: undefined };
  }
  const { edits, conflicts } = mergeObjects([], [was, is, becomes], compare);
  return { text: editJson(ours, edits), explanation: explain(conflicts) };
}

const atVersion: Compare = (at, left, right) => {
  const parent = at.at(-2);
  const isVersion = at.length === 1 ? at[0] === 'packageManager' : VERSIONS.has(String(parent));
  return isVersion ? compareVersions(left, right) : 'no-version';
};

function parse(text: string): JsonObject | undefined {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const isSound = tree?.type === 'object' && errors.length === 0 && repeatedKey(text) === undefined;
  return isSound ? getNodeValue(tree) : undefined;
}

function explain(conflicts: readonly KeyConflict[]): string | undefined {
  if (conflicts.length === 0) {
    return undefined;
  }
  const keys = conflicts.map(({ at, theirs }) => {
    const text = JSON.stringify(theirs);
    return `${nameOf(at)} (${theirs === undefined ? 'the template removed it' : `the template has ${text}`})`;
  });
  const list = keys.length === 1 ? keys[0] : `${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}`;
  return `You and the template both changed ${list}; what you have was kept.`;
}

function nameOf(at: JSONPath): string {
  return at.join('.');
}
