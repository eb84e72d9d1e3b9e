const REPLACEMENT = '\ufffd';
const LONE = /\p{Cs}/u;

/** Known changes of a string by code, with their names; the first that fits is told. */
const CHANGES: readonly [string, (text: string) => string][] = [
  ['trimmed', (text) => text.trim()],
  ['normalised to NFC', (text) => text.normalize('NFC')],
  ['normalised to NFD', (text) => text.normalize('NFD')],
  ['normalised to NFKC', (text) => text.normalize('NFKC')],
  ['put in lower case', (text) => text.toLowerCase()],
  ['put in upper case', (text) => text.toUpperCase()],
  ['escaped as HTML', (text) => escapeHtml(text)],
  ['escaped as a URL', (text) => encodeURIComponent(text.toWellFormed())],
  ['escaped twice, as JSON', (text) => JSON.stringify(text)],
  ['escaped twice, as JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['escaped twice: quotes were doubled', (text) => text.replaceAll("'", "''")],
  ['escaped twice: backslashes were doubled', (text) => text.replaceAll('\\', '\\\\')],
  ['its line ends were changed', (text) => text.replaceAll('\r\n', '\n')],
  ['UTF-8 was read as Latin-1', (text) => Buffer.from(text, 'utf8').toString('latin1')],
  ['stored as ASCII: other characters became ?', (text) => text.replaceAll(/[^\0-\x7f]/gu, '?')],
  ['stored as UCS-2 at most: characters beyond U+FFFF became ?', (text) => text.replaceAll(/[^\0-\uffff]/gu, '?')],
  ['characters beyond U+FFFF were removed', (text) => text.replaceAll(/[^\0-\uffff]/gu, '')],
  ['control characters were removed', (text) => text.replaceAll(/\p{Cc}/gu, '')],
];

/** Why a string came back as another. */
export function textCause(written: string, came: string): string | undefined {
  for (const [name, change] of CHANGES) {
    if (change(written) === came && came !== written) {
      return name;
    }
  }
  if (came.includes(REPLACEMENT) && !written.includes(REPLACEMENT)) {
    return LONE.test(written)
      ? 'a lone surrogate was replaced by U+FFFD'
      : 'replaced by U+FFFD: bytes were cut or decoded in the middle of a character';
  }
  if (LONE.test(came) && !LONE.test(written)) {
    return 'cut in the middle of a character beyond U+FFFF (slice counts in halves)';
  }
  if (written.startsWith(came)) {
    return `cut after ${[...came].length} of ${[...written].length} characters`;
  }
  if (came.replaceAll('\0', '') === came && written.replaceAll('\0', '') === came) {
    return 'NUL was removed';
  }
  return undefined;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
