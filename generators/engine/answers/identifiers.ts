/**
 * The identifiers of a TypeScript source in their order, without those after a dot: names that the code declares or
 * uses, keys of objects among them. Comments, strings and regular expressions are passed over; code inside template
 * literals is not.
 */
export function identifiersIn(source: string): readonly string[] {
  const found: string[] = [];
  const braces: ('block' | 'template')[] = [];
  let before = '';
  let position = 0;
  while (position < source.length) {
    const template = braces.at(-1) === 'template' && source[position] === '}';
    if (template) {
      braces.pop();
    }
    const rule = template || source[position] === '`' ? TEMPLATE_TEXT : PIECE;
    rule.lastIndex = position + (rule === TEMPLATE_TEXT ? 1 : 0);
    const piece = rule.exec(source)?.[0] ?? '';
    position = rule === TEMPLATE_TEXT ? rule.lastIndex : position + Math.max(1, piece.length);
    if (rule === TEMPLATE_TEXT) {
      if (piece.endsWith('${')) {
        braces.push('template');
      }
      before = piece.endsWith('${') ? '{' : '`';
    } else if (piece === '/' && startsRegularExpression(before)) {
      REGULAR_EXPRESSION.lastIndex = position - 1;
      position += (REGULAR_EXPRESSION.exec(source)?.[0].length ?? 1) - 1;
      before = '`';
    } else if (!/^(\s|\/[/*])/.test(piece)) {
      if (piece === '{') {
        braces.push('block');
      } else if (piece === '}') {
        braces.pop();
      }
      if (/^[\p{ID_Start}$_]/u.test(piece) && before !== '.' && before !== '?.') {
        found.push(piece);
      }
      before = piece;
    }
  }
  return found;
}

const PIECE =
  /\s+|\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|[\p{ID_Start}$_][\p{ID_Continue}$]*|[\d][\w.]*|\.\.\.|\?\.|[\s\S]/uy;
const TEMPLATE_TEXT = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{)/uy;
const REGULAR_EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/uy;

function startsRegularExpression(before: string): boolean {
  return before === '' || /^([(,=:[!&|?{};>+]|return|case)$/.test(before);
}
