import { test as base, type StartService } from './fixtures.ts';

/** For tests of services that publish what is in the outbox. */
export const test = base
  .extend('startPublishing', ({ startService }): StartService => {
    return (changes) => startService({ OUTBOX_RELAY: 'on', ...changes });
  })
  .extend('publishing', ({ startPublishing }) => startPublishing());
