import { openSessions } from './open-sessions.ts';
import type { RabbitmqAdmin } from './rabbitmq-admin.ts';

/** Every virtual host that the testkit makes, and its user, who has the same name. */
const OURS = /^splitlevel-([0-9a-f]{12})-\d+$/;

export function virtualHostName(session: string, number: number): string {
  return `splitlevel-${session}-${number}`;
}

/** Deletes the virtual hosts of processes that are gone: of their sessions no connection is open. */
export async function dropOrphans(admin: RabbitmqAdmin): Promise<void> {
  // In this order: who has a virtual host had a connection before it.
  const found = await Promise.all(
    ['/vhosts?columns=name', '/users?columns=name'].map((path) => admin.ask('GET', path)),
  );
  const names = new Set((found as { name: string }[][]).flat().map(({ name }) => name));
  const alive = await openSessions(admin);
  for (const name of names) {
    const session = OURS.exec(name)?.[1];
    if (session !== undefined && !alive.has(session)) {
      await dropVirtualHost(admin, name);
    }
  }
}

/** Ends the connections to it too. */
export async function dropVirtualHost(admin: RabbitmqAdmin, name: string): Promise<void> {
  await admin.ask('DELETE', `/users/${name}`);
  await admin.ask('DELETE', `/vhosts/${name}`);
}
