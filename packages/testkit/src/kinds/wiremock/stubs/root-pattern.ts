/**
 * A pattern (Java) for what follows the prefix of a tenant. The root of an upstream has two addresses there: with a slash,
 * and as the base URL itself, which ends without one. So each slash that a match can begin with may be missing where
 * nothing but a query follows.
 * @param prefix letters, digits and slashes only
 * @param pattern what the URL or the path of a stub must fit as a whole
 */
export function rootedPattern(prefix: string, pattern: string): string {
  const inner = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  return `${prefix}(?:${withOptionalSlash(inner, `(?:/|(?<=${prefix})(?=\\?|\\z))`)})`;
}

/** One piece of a regular expression: the opening of a group, a class, a character with its escape. */
const PIECE =
  /(?<flags>\(\?[a-zA-Z-]+\))|(?<look>\(\?<?[=!])|(?<open>\((?:\?(?:<\w+>|[a-zA-Z-]*:|>))?)|(?:\\Q.*?\\E|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.)/sy;
const QUANTIFIER = /(?:[?*+]|\{\d+(?:,\d*)?\})[?+]?/y;

interface Group {
  /** Whether a match of its content can begin the whole match. */
  readonly isStart: boolean;
  /** Whether what follows it begins where it began itself: it looks, and takes nothing. */
  readonly takesNothing: boolean;
  readonly wasStart: boolean;
}

/** Puts an expression in the place of every slash that a match can begin with. */
function withOptionalSlash(pattern: string, slash: string): string {
  const groups: Group[] = [];
  let changed = '';
  let isStart = true;
  for (let at = 0; at < pattern.length; ) {
    const piece = read(PIECE, pattern, at);
    const text = piece?.[0] ?? pattern.slice(at);
    const { flags, look, open } = piece?.groups ?? {};
    at += text.length;
    if (open !== undefined || look !== undefined) {
      groups.push({ isStart: isStart && look === undefined, takesNothing: look !== undefined, wasStart: isStart });
      isStart = isStart && look === undefined;
      changed += text;
    } else if (text === '|') {
      isStart = groups.at(-1)?.isStart ?? true;
      changed += text;
    } else if (flags === undefined) {
      const quantifier = read(QUANTIFIER, pattern, at)?.[0] ?? '';
      at += quantifier.length;
      const isSlash = isStart && quantifier === '' && /^\\?\/$/.test(text);
      changed += isSlash ? slash : text + quantifier;
      const group = text === ')' ? groups.pop() : undefined;
      isStart = (group?.wasStart ?? isStart) && (group?.takesNothing === true || /^(?:[?*]|\{0)/.test(quantifier));
    } else {
      changed += text;
    }
  }
  return changed;
}

function read(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}
