import type { RabbitmqAdmin } from './rabbitmq-admin.ts';

/** The names of all open connections: those of the sessions of processes that are alive are among them. */
export async function openSessions(admin: RabbitmqAdmin): Promise<Set<string | undefined>> {
  const connections = (await admin.ask('GET', '/connections')) as { user_provided_name?: string }[];
  return new Set(connections.map(({ user_provided_name: name }) => name));
}
