import { isDeepStrictEqual } from 'node:util';
import { parse } from 'jsonc-parser';
import type { Problem, Rule } from '../finding.ts';
import { leftOf } from '../left-tests.ts';
import { pathIn, rootOf } from '../owner.ts';
import type { Package, Repository } from '../repository.ts';

/** The configuration that builds a package is its own; the root's configuration of Vitest does not read it. */
const BUILD = /^vite\.config\.\w+$/;
const CONFIGURATION =
  /^((vitest|jest|eslint|prettier|babel|playwright|cypress|ava)\.config\.\w+|\.?(eslintrc|prettierrc|mocharc)(\.\w+)?|vitest\.workspace\.\w+|nx\.json)$|(^|\/)biome\.jsonc?$/;
/** Options of the compiler that let more pass when they are on. */
const LOOSE =
  /^(noCheck|allowUnreachableCode|allowUnusedLabels|suppress\w+|skipDefaultLibCheck|keyofStringsOnly|noStrictGenericChecks)$/;
/** Options that make the compiler refuse more when they are on. */
const STRICT =
  /^(strict\w*|no(Implicit|Unused|Fallthrough|Unchecked|Property)\w+|exactOptionalPropertyTypes|useUnknownInCatchVariables|alwaysStrict|erasableSyntaxOnly|verbatimModuleSyntax|isolatedModules|forceConsistentCasingInFileNames)$/;

export const config: Rule = {
  name: 'config',
  asks: 'packages are checked as strictly as the root says',
  check: (repository) =>
    repository.packages.flatMap((each) => {
      const own = each.folder === '.' ? linter(repository) : files(each);
      return [...own, ...types(each, repository), ...unchecked(each), ...silences(each)].map((finding) => ({
        package: each.name,
        ...finding,
      }));
    }),
};

function files(each: Package): Problem[] {
  return each.files
    .filter((path) => CONFIGURATION.test(path))
    .map((path) => ({
      what: `${each.folder}/${path} configures what the workspace configures for all`,
      todo: 'Remove it; what all packages need belongs in the root.',
    }));
}

/** Compares the compiler's reading of the package's configuration with that of the root's. */
function types(each: Package, { packages }: Repository): Problem[] {
  const { folder, compiler } = each;
  const root = rootOf(packages)?.compiler;
  const todo = 'Write { "extends": "../../tsconfig.json", "include": ["src", "integration"] }.';
  if (compiler === undefined) {
    return [{ what: `${pathIn(each, 'tsconfig.json')} is not there: nothing checks its types`, todo }];
  }
  if (compiler.problem !== undefined && !/TS18003/.test(compiler.problem)) {
    return [{ what: `${pathIn(each, 'tsconfig.json')} cannot be read: ${compiler.problem}`, todo }];
  }
  if (folder === '.' || compiler.problem !== undefined) {
    return [];
  }
  const lost = Object.entries(root?.options ?? {})
    .filter(([name, value]) => STRICT.test(name) && value === true && compiler.options[name] !== true)
    .map(([name]) => name);
  const won = Object.entries(compiler.options)
    .filter(
      ([name, value]) => value === (STRICT.test(name) ? false : LOOSE.test(name)) && root?.options[name] !== value,
    )
    .map(([name]) => name);
  return [...new Set([...lost, ...won])].map((name) => ({
    what: `${folder}/tsconfig.json loosens ${name}: it is ${String(compiler.options[name] ?? 'off')} there, and ${String(root?.options[name] ?? 'off')} in the root`,
    todo: `Take ${name} out of it, and let it extend ../../tsconfig.json.`,
  }));
}

/** TypeScript that the target typecheck does not see. The rule of places reports the files that adopting left. */
function unchecked(each: Package): Problem[] {
  const { compiler, folder } = each;
  if (compiler === undefined || (compiler.problem !== undefined && !/TS18003/.test(compiler.problem))) {
    return [];
  }
  const place = folder === '.' ? /^([^/]+|(generators|test|bench)\/.*)\.[cm]?ts$/ : /\.[cm]?ts$/;
  const left = leftOf(each);
  const missing = each.files.filter(
    (path) => place.test(path) && !(path in left) && !BUILD.test(path) && !compiler.files.has(path),
  );
  if (missing.length === 0) {
    return [];
  }
  const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
  return [
    {
      what: `${pathIn(each, 'tsconfig.json')} leaves out ${pathIn(each, missing[0] ?? '')}${more}: nothing checks their types`,
      todo: 'Name their folder in its include, and take exclude and files out.',
    },
  ];
}

function silences(each: Package): Problem[] {
  return [...each.sources].flatMap(([path, source]) =>
    source.silences.map(({ text, line }) => ({
      what: `${pathIn(each, path)}:${line} switches ${text.startsWith('@ts') ? 'the compiler' : 'the linter'} off: ${text}`,
      todo: 'Take it out, and mend what it hides; a single line may be excused with its reason.',
    })),
  );
}

type Json = Readonly<Record<string, unknown>>;

/** Finds keys of biome.json that let more pass. The effect of each rule is seen by the faults; this names the key. */
function linter({ rootTexts }: Repository): Problem[] {
  const text = rootTexts.get('biome.json');
  if (text === undefined) {
    return [{ what: 'biome.json is not there: nothing is linted by rules of its own', todo: 'Put it back.' }];
  }
  const biome = parse(text) as Json;
  const overrides = (biome.overrides ?? []) as readonly Json[];
  const found = [biome, ...overrides].flatMap((each) => {
    const files = each === biome ? undefined : [each.includes ?? []].flat().map(String);
    const place = files === undefined ? 'biome.json' : `biome.json for ${files.join(', ')}`;
    const paths = off(each, []).filter((path) => files === undefined || !isAllowed(path, files));
    return paths.map((path) => ({
      what: `${place} switches ${path} off`,
      todo: 'Switch it on again; a single line may be excused with its reason.',
    }));
  });
  const included = (biome.files as Json | undefined)?.includes ?? [];
  const left = (included as readonly string[])
    .filter((pattern) => pattern.startsWith('!') && !/^!+(package-lock\.json|\*\*\/\*\.hbs)$/.test(pattern))
    .map((pattern) => ({
      what: `biome.json leaves ${pattern.replace(/^!+/, '')} out`,
      todo: 'Take the pattern out of files.includes.',
    }));
  return [...found, ...left];
}

/**
 * Rules that may be off in tests alone. Biome reads the nearest package.json only, and tests use what the root
 * declares.
 */
function isAllowed(path: string, files: readonly string[]): boolean {
  const taken = files.filter((pattern) => !pattern.startsWith('!'));
  const inTests =
    taken.length > 0 && taken.every((pattern) => /^(\*\*\/\S*(test|integration)\S*|(test|bench)\/\*\*)$/.test(pattern));
  return inTests && /\.(noUndeclaredDependencies|noTemplateCurlyInString)$/.test(path);
}

function off(value: unknown, path: readonly string[]): readonly string[] {
  const level = typeof value === 'object' && value !== null ? (value as Json).level : value;
  const key = path.at(-1) ?? '';
  if (path.includes('rules') && (level === 'off' || level === 'info')) {
    return [path.join('.')];
  }
  if (value === false && /^(enabled|recommended|all)$/.test(key)) {
    return [path.join('.')];
  }
  if (isDeepStrictEqual(value, 'none') && key === 'preset') {
    return [path.join('.')];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([name, inner]) => (name === 'overrides' ? [] : off(inner, [...path, name])));
}
