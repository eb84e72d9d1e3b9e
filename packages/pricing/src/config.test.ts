import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const least = {
  DATABASE_URL: 'postgres://me:secret@database.example/main',
  EXCHANGE_RATES_URL: 'https://exchange-rates.example/v2',
};

/** The message that an environment is refused with. */
function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('the environment was accepted');
}

test('what has a default need not be set', () => {
  expect(readConfig({ ...least, PORT: '' })).toEqual({
    host: '0.0.0.0',
    port: 3000,
    logLevel: 'info',
    shutdownTimeoutMs: 10_000,
    databaseUrl: least.DATABASE_URL,
    databasePoolSize: 10,
    databaseTimeoutMs: 5000,
    exchangeRatesUrl: least.EXCHANGE_RATES_URL,
    upstreamTimeoutMs: 2000,
  });
});

test('all problems are told together, each with the name of its variable', () => {
  expect(refusal({ PORT: '70000', LOG_LEVEL: 'loud' }).split('\n')).toEqual([
    'The environment does not configure this service:',
    '  PORT: is not from 0 to 65535',
    expect.stringMatching(/^ {2}LOG_LEVEL: /),
    ...Object.keys(least).map((name) => `  ${name}: is missing`),
  ]);
});

describe('a value never shows, since it may be a secret', () => {
  test.each(['PORT', 'LOG_LEVEL', ...Object.keys(least)])('%s', (name) => {
    const message = refusal({ ...least, [name]: 'hunter2' });
    expect(message).toContain(`${name}: `);
    expect(message).not.toContain('hunter2');
  });
});

test.each(['1e3', '-1', '0x10', '1.5', '12 '])('a port of %s is not an integer', (PORT) => {
  expect(refusal({ ...least, PORT })).toContain('PORT: is not an integer');
});
