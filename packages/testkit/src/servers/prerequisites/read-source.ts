/** The fixtures that a module's text declares and takes. */
export interface Source {
  /** Relative specifiers. */
  readonly imports: readonly string[];
  readonly createsTest: boolean;
  /** Whether it decides when it runs which tests do. */
  readonly choosesTests: boolean;
  /** Declared needs, by their key. */
  readonly needs: readonly (readonly [key: string, kind: string])[];
  /** Fixtures that are made by `.extend('name', …)`. */
  readonly extends: readonly ExtendCall[];
  /** Names that functions take out of their parameters, outside of these. */
  readonly takes: readonly string[];
}

export interface ExtendCall {
  readonly name: string;
  readonly takes: readonly string[];
  readonly isAutomatic: boolean;
}

const NOT_CODE = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"\n]+)['"]/g;
const EXTEND = /\.extend\s*\(\s*(['"])([\w$-]+)\1/g;

/** @param kinds the functions that declare needs. */
export function readSource(text: string, kinds: readonly string[]): Source {
  const need = new RegExp(`(?<![\\w$.])(['"]?)([\\w$-]+)\\1\\s*:\\s*(${kinds.join('|')})\\s*\\(`, 'g');
  const code = text.replaceAll(NOT_CODE, (part) => part.replaceAll(/[^\n]/g, ' '));
  const live = (index: number) => code[index] !== ' ';
  const extensions = [...text.matchAll(EXTEND)].filter(({ index }) => live(index));
  const spans = extensions.map(({ index }) => [index, endOfCall(code, code.indexOf('(', index))] as const);
  const outside = spans.reduce(
    (rest, [start, end]) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    code,
  );
  return {
    imports: [...text.matchAll(IMPORT)].filter(({ index }) => live(index)).flatMap(([, path]) => path ?? []),
    createsTest: /\bcreateTest\s*\(/.test(code),
    choosesTests: /\.(?:runIf|skipIf|skip|todo)\b|\bskip\s*\(/.test(code),
    needs: [...text.matchAll(need)]
      .filter(({ 0: found, index }) => live(index + found.lastIndexOf(':')))
      .map(([, , key, kind]) => [key ?? '', kind ?? ''] as const),
    extends: extensions.map(([, , name = ''], place) => {
      const call = code.slice(...(spans[place] ?? [0, 0]));
      return { name, takes: takenNames(call), isAutomatic: /\bauto\s*:\s*true\b/.test(call) };
    }),
    takes: takenNames(outside),
  };
}

/** The names in the object patterns of all functions' parameters. */
function takenNames(code: string): string[] {
  const names: string[] = [];
  for (let start = code.indexOf('('); start !== -1; start = code.indexOf('(', start + 1)) {
    const end = endOfCall(code, start);
    if (/\b(?:if|for|while|switch|catch|with)\s*$/.test(code.slice(Math.max(0, start - 10), start))) {
      continue;
    }
    if (!/^\s*(?::[^={;]*)?(?:=>|\{)/.test(code.slice(end, end + 200))) {
      continue;
    }
    for (const [, pattern = ''] of code.slice(start, end).matchAll(/\{([^{}]*)\}/g)) {
      names.push(...pattern.split(',').map((part) => part.replace(/[:=][\s\S]*$/, '').trim()));
    }
  }
  return names.filter((name) => /^[\w$]+$/.test(name));
}

/** The end of what begins with a parenthesis. */
function endOfCall(code: string, start: number): number {
  for (let depth = 0, index = start; index < code.length; index++) {
    if (code[index] === '(') {
      depth++;
    } else if (code[index] === ')' && --depth === 0) {
      return index + 1;
    }
  }
  return code.length;
}
