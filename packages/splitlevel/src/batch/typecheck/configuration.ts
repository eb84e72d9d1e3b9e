import { posix } from 'node:path';
import { type ParseError, parse } from 'jsonc-parser';

/** What a package's tsconfig.json says, if that is no more than which files are checked by which shared configuration. */
export interface Configuration {
  /** The file of the shared configuration, as a folder of the root would name it: `../tsconfig.json`. */
  readonly shared: string;
  /** Patterns of the files that are checked, named alike: `../packages/pricing/src`. */
  readonly include: readonly string[];
}

const KEYS = new Set(['$schema', 'extends', 'include']);

/**
 * @param text of the package's tsconfig.json.
 * @param folder of the package, relative to the root.
 * @returns undefined if it says anything else, or names what lies outside the package or differs by the place of the
 * file that names it.
 */
export function parseConfiguration(text: string, folder: string): Configuration | undefined {
  const problems: ParseError[] = [];
  const value: unknown = parse(text, problems, { allowTrailingComma: true });
  if (problems.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const { extends: shared, include } = value as Readonly<Record<string, unknown>>;
  const isPlain =
    Object.keys(value).every((key) => KEYS.has(key)) &&
    isPath(folder) &&
    typeof shared === 'string' &&
    /^\.\.?\//.test(shared) &&
    Array.isArray(include) &&
    include.length > 0 &&
    include.every(isPattern);
  if (!isPlain) {
    return undefined;
  }
  return {
    shared: posix.join('..', folder, shared),
    include: [...new Set(include)].map((pattern) => `../${folder}/${pattern}`),
  };
}

/** Whether it is the path of something inside, with nothing in it that a pattern would read differently. */
function isPath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    path.split('/').every((part) => !['', '.', '..'].includes(part) && !/[*?\\$]/.test(part))
  );
}

/** Whether it matches the same files from wherever it is named. The folders are those that TypeScript leaves out. */
function isPattern(pattern: unknown): pattern is string {
  if (typeof pattern !== 'string' || /[?\\$]/.test(pattern)) {
    return false;
  }
  const parts = pattern.replace(/^\.\//, '').split('/');
  const last = parts.pop();
  return (
    parts.every((part) => part === '**' || isPath(part)) &&
    isPath(last?.replaceAll('*', 'x')) &&
    ![...parts, last].some((part) => /^(node_modules|bower_components|jspm_packages)$/i.test(part ?? ''))
  );
}

/**
 * Options that mean the same for a file whatever other files its program has and wherever the configuration is. Others,
 * such as those that write files, want a program for each package.
 */
const OPTIONS = new Set(
  `
  target lib module moduleResolution moduleDetection moduleSuffixes customConditions paths types noEmit skipLibCheck
  allowImportingTsExtensions allowArbitraryExtensions resolveJsonModule resolvePackageJsonExports
  resolvePackageJsonImports noUncheckedSideEffectImports allowUmdGlobalAccess deduplicatePackages
  allowSyntheticDefaultImports esModuleInterop forceConsistentCasingInFileNames
  erasableSyntaxOnly isolatedModules verbatimModuleSyntax
  jsx jsxFactory jsxFragmentFactory jsxImportSource experimentalDecorators emitDecoratorMetadata useDefineForClassFields
  allowUnreachableCode allowUnusedLabels alwaysStrict exactOptionalPropertyTypes noErrorTruncation
  noFallthroughCasesInSwitch noImplicitAny noImplicitOverride noImplicitReturns noImplicitThis
  noPropertyAccessFromIndexSignature noUncheckedIndexedAccess noUnusedLocals noUnusedParameters stableTypeOrdering
  strict strictBindCallApply strictBuiltinIteratorReturn strictFunctionTypes strictNullChecks
  strictPropertyInitialization useUnknownInCatchVariables
  sourceMap inlineSources inlineSourceMap removeComments newLine preserveConstEnums
  `
    .trim()
    .split(/\s+/),
);

/**
 * Whether packages with these options may share a program.
 * @param options as `tsc --showConfig` prints them for a configuration in the folder.
 * @param folder absolute; an option that names it depends on where the configuration is.
 */
export function mayShare(options: Readonly<Record<string, unknown>>, folder: string): boolean {
  return (
    options.noEmit === true &&
    Array.isArray(options.types) &&
    !options.types.includes('*') &&
    Object.keys(options).every((name) => OPTIONS.has(name)) &&
    !JSON.stringify(options).includes(JSON.stringify(`${folder}/`).slice(1, -1))
  );
}
