import type fc from 'fast-check';

/** Values of a type, as the text that PostgreSQL takes. */
export interface TypeValues {
  /** Those that break code, the simplest first. */
  readonly edges: readonly string[];
  /** Any; it can shrink an edge too, whose making it has not seen. */
  readonly random: fc.Arbitrary<string>;
}
