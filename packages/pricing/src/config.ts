import { z } from 'zod';

const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'is not an integer')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `is not from ${least} to ${most}`);

const url = (...protocols: string[]) =>
  z
    .string('is missing')
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), `is not a URL of ${protocols.join(' or ')}`);

const upstreamUrl = url('http:', 'https:').refine((text) => {
  const { username, password, search, hash } = URL.parse(text) ?? {};
  return !username && !password && !search && !hash;
}, 'holds more than a host and a path: a user name, a password, a query or a fragment');

const variables = z.object({
  HOST: z.string().default('0.0.0.0'),
  PORT: integer(0, 65535).default(3000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SHUTDOWN_TIMEOUT_MS: integer(0, 600_000).default(10_000),
  DATABASE_URL: url('postgres:', 'postgresql:'),
  DATABASE_POOL_SIZE: integer(1, 1000).default(10),
  DATABASE_TIMEOUT_MS: integer(1, 600_000).default(5000),
  EXCHANGE_RATES_URL: upstreamUrl,
  UPSTREAM_TIMEOUT_MS: integer(1, 600_000).default(2000),
});

export type Config = ReturnType<typeof readConfig>;

/** Reads the configuration from environment variables. An empty variable counts as absent. */
export function readConfig(environment: Record<string, string | undefined>) {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { data, error } = variables.safeParse(present);
  if (error) {
    throw new ConfigError(error.issues);
  }
  return {
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    shutdownTimeoutMs: data.SHUTDOWN_TIMEOUT_MS,
    databaseUrl: data.DATABASE_URL,
    databasePoolSize: data.DATABASE_POOL_SIZE,
    /** The longest wait for a connection, and the longest that a statement or a lock may take. */
    databaseTimeoutMs: data.DATABASE_TIMEOUT_MS,
    exchangeRatesUrl: data.EXCHANGE_RATES_URL,
    /** The longest that one attempt may take. */
    upstreamTimeoutMs: data.UPSTREAM_TIMEOUT_MS,
  };
}

/** Names every variable that is wrong, and why; never its value, which may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(issues: readonly z.core.$ZodIssue[]) {
    const lines = issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    super(`The environment does not configure this service:\n${lines.join('\n')}`);
  }
}
