/** A Redis database of the package's own, empty when a test starts. */
export interface RedisNeed {
  readonly kind: 'redis';
}

/** Declares a Redis. */
export function redis(): RedisNeed {
  return { kind: 'redis' };
}
