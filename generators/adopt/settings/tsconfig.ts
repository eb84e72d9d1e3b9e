import { applyEdits, findNodeAtLocation, format, parse, parseTree } from 'jsonc-parser';
import type { Suite } from '../classify.ts';
import type { Fate } from './fate.ts';
import { setIn } from './json-text.ts';
import type { Settled } from './manifest.ts';

const ROOT = '../../tsconfig.json';

interface TypeScriptConfiguration {
  readonly extends?: string | readonly string[];
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly references?: readonly unknown[];
}

/** Options that say how the sources are written, rather than how strictly they are checked. */
const KEPT =
  /^(jsx\w*|reactNamespace|lib|paths|types|typeRoots|experimentalDecorators|emitDecoratorMetadata|useDefineForClassFields|allowJs|checkJs|resolveJsonModule|esModuleInterop|allowSyntheticDefaultImports|module|moduleResolution|moduleSuffixes|customConditions|resolvePackageJson\w+|isolatedModules|exactOptionalPropertyTypes|no\w+|strict\w*)$/;
const EMITTING =
  /^(outDir|outFile|rootDirs?|declaration\w*|emitDeclarationOnly|sourceMap|inlineSource\w*|composite|incremental|tsBuildInfoFile|removeComments|importHelpers|downlevelIteration|noEmit\w*|newLine|stripInternal|isolatedDeclarations|target|sourceRoot|mapRoot)$/;
const LOOSE = /^(no|strict|exact)/;

/**
 * A tsconfig.json that extends the workspace's, keeps what says how the sources are written, and checks both suites.
 * @param text undefined where the package has none.
 * @param suites that the package has.
 * @param folders in which it has sources.
 * @param hasJavaScript whether its production code has files in JavaScript.
 * @param isCommonJs whether Node takes its .ts files for CommonJS.
 */
export function settleTypes(
  text: string | undefined,
  suites: readonly Suite[],
  {
    folders,
    hasJavaScript,
    isCommonJs,
  }: { readonly folders: readonly string[]; readonly hasJavaScript: boolean; readonly isCommonJs: boolean },
): Settled {
  const start = text ?? '{}';
  const { extends: base, compilerOptions = {}, include, exclude, references } = parse(start) as TypeScriptConfiguration;
  const fates: Fate[] = [];
  let settled = start;
  const tell = (setting: string, fate: Fate['fate'], how: string) =>
    fates.push({ setting: `tsconfig.json ${setting}`, fate, how });
  const set = (path: readonly string[], value: unknown) => {
    settled = setIn(settled, [...path], value);
  };
  const bases = [base ?? []].flat();
  if (bases.at(-1) !== ROOT) {
    if (bases.length > 0) {
      tell(`extends ${bases.join(', ')}`, 'dropped', `the workspace’s tsconfig.json has the options; ${ROOT}`);
    }
    settled = setIn(settled, ['extends'], ROOT, true);
  }
  for (const [name, value] of Object.entries(compilerOptions)) {
    const { keep, how, as } = judge(name, value);
    if (keep && as === undefined) {
      tell(name, 'kept', how);
    } else {
      tell(name, as === undefined ? 'dropped' : 'rewritten', how);
    }
    if (!keep || as !== undefined) {
      set(['compilerOptions', name], as);
    }
  }
  if (
    isCommonJs &&
    compilerOptions.verbatimModuleSyntax !== false &&
    !/^(preserve|es)/i.test(String(compilerOptions.module))
  ) {
    tell('module', 'rewritten', 'preserve, since the package is CommonJS and its sources use import');
    set(['compilerOptions', 'module'], 'preserve');
  }
  if (hasJavaScript && compilerOptions.allowJs === undefined) {
    set(['compilerOptions', 'allowJs'], true);
  }
  const left = (parse(settled) as TypeScriptConfiguration).compilerOptions;
  if (left !== undefined && Object.keys(left).length === 0) {
    set(['compilerOptions'], undefined);
  }
  if (references !== undefined) {
    tell('references', 'dropped', 'packages know each other by name, and nothing is emitted');
    set(['references'], undefined);
  }
  const tests = (exclude ?? []).filter((each) => /(test|spec|__tests__|integration)/.test(each));
  if (tests.length > 0) {
    const rest = (exclude ?? []).filter((each) => !tests.includes(each));
    tell(`exclude ${tests.join(', ')}`, 'dropped', 'tests are checked too');
    set(['exclude'], rest.length === 0 ? undefined : rest);
  }
  const checked = new Set([...foldersOf(suites), ...folders]);
  if (include === undefined) {
    set(['include'], [...checked]);
  } else {
    for (const folder of checked) {
      settled = includeFolder(settled, folder);
    }
  }
  if (text === undefined) {
    settled = `${applyEdits(settled, format(settled, undefined, { insertSpaces: true, tabSize: 2 }))}\n`;
  }
  return { text: settled, fates };
}

interface Judged {
  readonly keep: boolean;
  readonly how: string;
  /** Its value from now on, where that is another. */
  readonly as?: unknown;
}

function judge(name: string, value: unknown): Judged {
  if (name === 'types' && Array.isArray(value)) {
    const rest = value.filter((each) => !/^(vitest|vite)\//.test(String(each)));
    if (rest.length < value.length && rest.length === 0) {
      return { keep: false, how: 'nothing is global any more' };
    }
    if (rest.length < value.length) {
      return { keep: true, how: 'without Vitest’s, which is not global any more', as: rest };
    }
  }
  if (name === 'moduleResolution' && /^(node|node10|classic)$/i.test(String(value))) {
    return { keep: false, how: 'TypeScript 7 has it no more; the workspace’s applies' };
  }
  if (name === 'module' && /^(commonjs|amd|umd|system)$/i.test(String(value))) {
    return { keep: false, how: 'the workspace’s applies' };
  }
  if (name === 'baseUrl') {
    return { keep: false, how: 'TypeScript 7 has it no more' };
  }
  if (LOOSE.test(name) && !EMITTING.test(name)) {
    return value === true
      ? { keep: true, how: 'it is stricter than the workspace’s, or the same' }
      : { keep: false, how: 'the standard checks as strictly everywhere' };
  }
  if (EMITTING.test(name)) {
    return { keep: false, how: 'this file checks, and emits nothing; a build has a file of its own' };
  }
  return KEPT.test(name)
    ? { keep: true, how: 'it says how the sources are written' }
    : { keep: false, how: 'the workspace’s applies' };
}

function foldersOf(suites: readonly Suite[]): readonly string[] {
  return suites.includes('integration') ? ['src', 'integration'] : ['src'];
}

/** A tsconfig.json that checks the folder too, where it lists folders. The rest keeps its text. */
export function includeFolder(text: string, folder: string): string {
  const tree = parseTree(text);
  const items = (tree && findNodeAtLocation(tree, ['include'])?.children) ?? [];
  const [before, last] = items.slice(-2).length === 2 ? items.slice(-2) : [undefined, items[0]];
  const covers = new RegExp(`^(\\./)?(${folder}(/?$|/\\*\\*)|\\*\\*|\\.$)`);
  if (last === undefined || items.some(({ value }) => covers.test(String(value)))) {
    return text;
  }
  const end = last.offset + last.length;
  const between = before === undefined ? ', ' : text.slice(before.offset + before.length, last.offset);
  return `${text.slice(0, end)}${between}"${folder}"${text.slice(end)}`;
}
