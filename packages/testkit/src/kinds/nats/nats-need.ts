/** A NATS server with JetStream: an account of the package's own, in which there is nothing. */
export interface NatsNeed {
  readonly kind: 'nats';
}

/** Declares a NATS server. */
export function nats(): NatsNeed {
  return { kind: 'nats' };
}
