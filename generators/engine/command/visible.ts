/** Characters that a terminal obeys or hides: control and format characters, line separators, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/gu;

/** Characters that join others into one sign, as in the emoji of a family: harmless between such. */
const JOINER = /(?<=\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]*)\u200D(?=\p{Extended_Pictographic})/gu;

/**
 * A string as a message may show it: what would be obeyed or hidden (ESC, direction marks, zero width, half characters)
 * is written as an escape, `\u202e`. Line breaks and tabs stay: messages have several lines.
 */
export function visible(text: string): string {
  const joins = new Set([...text.matchAll(JOINER)].map(({ index }) => index));
  return text.replaceAll(UNSEEN, (character, index: number) =>
    character === '\n' || character === '\t' || joins.has(index) ? character : escapeOf(character),
  );
}

/** A value as JSON in one line, in which the same characters are written as JSON's own escapes. */
export function visibleInJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(UNSEEN, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
