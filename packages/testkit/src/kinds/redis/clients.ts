/** A connection to the server, as `CLIENT LIST` has it. */
export interface ClientLine {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  /** Seconds since the last command. */
  readonly idle: string;
  /** The last command. */
  readonly command: string;
  readonly isBlocked: boolean;
  readonly isInTransaction: boolean;
  readonly isSubscribed: boolean;
}

/** Reads the reply of `CLIENT LIST`: https://redis.io/docs/latest/commands/client-list/ */
export function parseClientList(reply: string): ClientLine[] {
  return reply
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const fields = new Map(line.trim().split(' ').map(fieldOf));
      const flags = fields.get('flags') ?? '';
      return {
        id: fields.get('id') ?? '',
        name: fields.get('name') ?? '',
        user: fields.get('user') ?? '',
        idle: fields.get('idle') ?? '',
        command: (fields.get('cmd') ?? '').replace('|', ' ').toUpperCase(),
        isBlocked: flags.includes('b'),
        isInTransaction: flags.includes('x'),
        isSubscribed: ['sub', 'psub', 'ssub'].some((name) => Number(fields.get(name) ?? 0) > 0),
      };
    });
}

function fieldOf(text: string): [string, string] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/**
 * Waits for an answer or for messages, or runs a transaction that was not ended: what others begin after it may come out
 * otherwise.
 */
export function isBusy({ isBlocked, isInTransaction, isSubscribed }: ClientLine): boolean {
  return isBlocked || isInTransaction || isSubscribed;
}

/** For people. */
export function describeClient(client: ClientLine): string {
  const { id, name, idle } = client;
  return `connection ${id}${name === '' ? '' : ` (${name})`}: ${stateOf(client)}, for ${idle} s`;
}

function stateOf({ command, isBlocked, isInTransaction }: ClientLine): string {
  if (isBlocked) {
    return `blocked in ${command}`;
  }
  if (isInTransaction) {
    return `in a transaction (MULTI) that was not ended, last command ${command}`;
  }
  return `subscribed to channels, last command ${command}`;
}
