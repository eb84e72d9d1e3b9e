import type { FixtureKind } from '../fixture-kind.ts';
import type { UpstreamNeed } from '../needs.ts';

/** The fixture of an upstream, for one test. */
export interface Upstream {
  /** Base URL for the code under test. */
  readonly url: string;
}

export const upstreamKind: FixtureKind<UpstreamNeed, Upstream> = {
  async prepare() {
    throw new Error('Upstreams are not built yet.');
  },
};
