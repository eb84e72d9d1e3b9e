/** What `work` returns to say that the code under test refused a value, for example with status 400. */
export const refused: unique symbol = Symbol('refused');
