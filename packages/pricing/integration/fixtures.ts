import { createTest } from '@splitlevel/testkit';
import { readConfig } from '../src/config.ts';
import { createService, type Service } from '../src/service.ts';
import { needs } from './needs.ts';

/** Starts a service that is stopped after the test. `changes` are made to the environment that tests run with. */
export type StartService = (changes?: Record<string, string>) => Promise<Service & { readonly log: string[] }>;

export const test = createTest(import.meta.dirname, needs, { failOnFindings: true })
  .extend('environment', ({ database, exchangeRates }) => ({
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: database.url,
    EXCHANGE_RATES_URL: exchangeRates.url,
  }))
  .extend('startService', async ({ environment }, { onCleanup }): Promise<StartService> => {
    const services: Service[] = [];
    onCleanup(async () => {
      await Promise.all(services.map((service) => service.stop()));
    });
    return async (changes) => {
      const log: string[] = [];
      const service = createService(readConfig({ ...environment, ...changes }), { write: (line) => log.push(line) });
      services.push(service);
      await service.start();
      return Object.assign(service, { log });
    };
  })
  .extend('service', ({ startService }) => startService());
