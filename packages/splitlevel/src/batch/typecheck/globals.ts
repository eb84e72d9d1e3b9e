/**
 * Whether a file may change what another one means that does not import it: it declares globals, adds to other modules, or
 * is a script, whose top level is global. In doubt it may.
 * @param areModules whether files of TypeScript are modules without having an import or export.
 */
export function mayAffectGlobals(name: string, text: string, areModules: boolean): boolean {
  if (name.endsWith('.json')) {
    return false;
  }
  if (DECLARES.test(text)) {
    return true;
  }
  return DECLARATIONS.test(name)
    ? AS_NAMESPACE.test(text) || !isDeclaredModule(text)
    : !areModules && !STARTS_AS_MODULE.test(text);
}

/**
 * The modules that a module adds to, by the names that it gives them. Naming them so does not bring them into a program:
 * what it adds has an effect, and is right, only where something else does.
 */
export function augmentedModules(name: string, text: string): readonly string[] {
  const isScript = DECLARATIONS.test(name) && !isDeclaredModule(text);
  return isScript ? [] : [...text.matchAll(AUGMENTS)].flatMap(([, , module]) => module ?? []);
}

const DECLARATIONS = /\.d\.(?:[^./]+\.)?[cm]?ts$/;
const SPACE = String.raw`(?:\s|/\*(?:[^*]|\*(?!/))*\*/|//.*(?:[\n\r\u2028\u2029]|$))`;
const DECLARES = new RegExp(String.raw`\bdeclare${SPACE}+(?:global|module)\b`);
const AUGMENTS = new RegExp(String.raw`\bdeclare${SPACE}+module${SPACE}*(['"])(.+?)\1`, 'g');
const AS_NAMESPACE = new RegExp(String.raw`\bas${SPACE}+namespace\b`);
const STARTS_AS_MODULE = new RegExp(String.raw`^(?:#!.*)?${SPACE}*(?:export\b|import\b(?!${SPACE}*[(.]))`);

/** What of a declaration file matters here: comments and strings, which are passed over, braces, and what begins a module. */
const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|[{}]|\bexport\b|\bimport\b(?!\s*[(./])/g;

/** Whether a declaration file has an import or export outside of all braces. */
function isDeclaredModule(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') {
      depth += 1;
    } else if (token === '}') {
      depth -= 1;
    } else if (depth === 0 && (token === 'export' || token === 'import')) {
      return true;
    }
  }
  return false;
}
