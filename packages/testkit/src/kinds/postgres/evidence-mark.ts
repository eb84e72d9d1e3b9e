/** A database with this at the start of its comment is kept when its process is gone. */
export const EVIDENCE = 'evidence of the testkit';
