/**
 * A count with its noun, as a message says it: `1 key`, `3 keys`, `2 queries`.
 * @param plural where it is not the noun with an s
 */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
