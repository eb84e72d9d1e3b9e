/**
 * Escapes a line of text so that Markdown shows it as it is: backslashes before the punctuation that CommonMark and
 * GitHub's tables and HTML give a meaning, and before what would begin a heading, a list or a rule.
 */
export function escapeMarkdown(line: string): string {
  return line
    .trim()
    .replace(/[\\`*_[\]<>&|~$]/g, '\\$&')
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}
