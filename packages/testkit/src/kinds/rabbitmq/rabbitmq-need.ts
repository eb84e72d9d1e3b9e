/** A virtual host of RabbitMQ of the package's own, empty when a test starts. */
export interface RabbitmqNeed {
  readonly kind: 'rabbitmq';
}

/** Declares a RabbitMQ. */
export function rabbitmq(): RabbitmqNeed {
  return { kind: 'rabbitmq' };
}
