/** A session on a server that all of a process share. */
export interface SharedSession<Session> {
  /** Opened for the first that asks; a failure is tried again by the next. */
  open(): Promise<Session>;
  /** To be called once by each that opened it. The last one gives up the hold: what was not dropped may be swept. */
  close(): Promise<void>;
}

/** Makes one session per process of what opens one, and what closes it. */
export function shareSession<Session>(
  open: () => Promise<Session>,
  close: (session: Session) => void | Promise<void>,
): SharedSession<Session> {
  let current: Promise<Session> | undefined;
  let users = 0;
  return {
    open() {
      users++;
      current ??= open();
      return current.catch((error) => {
        users--;
        current = undefined;
        throw error;
      });
    },
    async close() {
      if (--users > 0) {
        return;
      }
      const closing = current;
      current = undefined;
      const session = await closing;
      if (session !== undefined) {
        await close(session);
      }
    },
  };
}
