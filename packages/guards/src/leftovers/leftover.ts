/** Something that is not as it was. */
export interface Leftover {
  /** As `process.env.STAGE is "test" (was unset)`. */
  readonly what: string;
  /** A package of doubles put it there. */
  readonly isDouble?: boolean;
  restore(): void;
}
