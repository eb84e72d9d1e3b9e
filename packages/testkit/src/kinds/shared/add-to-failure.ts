import type { Outcome } from './fixture-kind.ts';

/** Says with a failure what there is to say about its database. */
export function addToFailure({ errors }: Outcome, text: string): void {
  const error = errors.at(-1);
  if (error === undefined) {
    return;
  }
  const message = error.message;
  error.message = `${message}\n\n${text}`;
  // Reporters print the stack where there is one; it starts with the message.
  if (error.stack !== undefined) {
    error.stack = error.stack.replace(message, () => error.message);
  }
}
