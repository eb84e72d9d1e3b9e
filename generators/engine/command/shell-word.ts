/** A word as it is typed in a POSIX shell, for commands that a person copies from a message. */
export function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
