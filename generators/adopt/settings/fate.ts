/** The fate of a setting of a package. */
export interface Fate {
  /** As `vitest.config.ts test.globals`, or a dependency. */
  readonly setting: string;
  readonly fate: 'kept' | 'rewritten' | 'dropped';
  /** In what form it is kept, what replaces it, or why it goes. */
  readonly how: string;
}

/** Fates as lines of the report, in columns. */
export function fatesAsText(fates: readonly Fate[]): readonly string[] {
  const width = Math.max(0, ...fates.map(({ setting }) => setting.length));
  return fates.map(({ setting, fate, how }) => `  ${setting.padEnd(width)}  ${fate.padEnd(9)}  ${how}`);
}
