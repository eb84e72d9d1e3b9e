import type { Observation } from '@splitlevel/guards/observation';

/** The kind of a test file, by what it did. A hybrid does I/O and mocks modules, and so answers neither question. */
export type Kind = 'unit' | 'integration' | 'hybrid';

/** Where a test can be placed. */
export type Suite = Exclude<Kind, 'hybrid'>;

/** The judgement on a test file. */
export interface Classified {
  /** Undefined where nothing is known of it. */
  readonly kind: Kind | undefined;
  /** Why it has to stay where it is until its owner has changed it, or undefined. */
  readonly obstacle: string | undefined;
}

/**
 * Tells what a test file is from what the guards saw.
 * @param observations of this file alone.
 */
export function classify(observations: readonly Observation[]): Classified {
  const mock = observations.find(({ activity }) => activity === 'mock');
  const deed = observations.find(({ activity }) => activity !== 'mock');
  if (mock === undefined) {
    return { kind: deed === undefined ? 'unit' : 'integration', obstacle: undefined };
  }
  if (deed === undefined) {
    return {
      kind: 'unit',
      obstacle: `it does no I/O, but it tries to ${tell(mock)}, which the unit suite refuses: pass a double in instead`,
    };
  }
  return {
    kind: 'hybrid',
    obstacle:
      `it tries to ${tell(deed)} and to ${tell(mock)}: split it in two, a unit test to which doubles are passed in, ` +
      'and an integration test without mocks',
  };
}

/** Without line and column: the file is going to be formatted. */
function tell({ tried, frame }: Observation): string {
  return frame === undefined ? tried : `${tried} at ${frame.replace(/(:\d+)+$/, '')}`;
}
