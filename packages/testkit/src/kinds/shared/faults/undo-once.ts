/** An action that can be undone, at the end of its block too, and is undone once however often that is asked. */
export function undoOnce(undo: () => Promise<void>): AsyncDisposable & { undo(): Promise<void> } {
  let undone: Promise<void> | undefined;
  const once = (): Promise<void> => {
    undone ??= undo();
    return undone;
  };
  return { undo: once, [Symbol.asyncDispose]: once };
}
