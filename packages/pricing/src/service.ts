import type { Config } from './config.ts';
import { createDatabase } from './database.ts';
import { createHttpServer } from './http-server.ts';
import { ProductQueries } from './product-queries.ts';
import { ProductRepository } from './product-repository.ts';
import { routes } from './routes/routes.ts';
import { createExchangeRatesClient } from './upstreams/exchange-rates.ts';

export interface Service {
  /** Where the service listens, once it was started. */
  readonly url: string;
  /** Resolves when requests are taken. */
  start(): Promise<void>;
  /** Takes no more requests and finishes those in flight; what is not finished in `shutdownTimeoutMs` is cut off. */
  stop(): Promise<void>;
}

/** @param log takes the lines of the log, in JSON */
export function createService(config: Config, log: { write(line: string): void }): Service {
  const server = createHttpServer(config, log);
  const database = createDatabase(config, (err) => server.log.warn({ err }, 'a connection to the database broke'));
  const parts = {
    database,
    repository: new ProductRepository(database),
    queries: new ProductQueries(database),
    exchangeRates: createExchangeRatesClient(config),
  };
  for (const route of routes) {
    route(server, parts);
  }
  server.addHook('onClose', () => database.destroy());

  let stopping = false;
  // Else the connection of a request that is finished while the service stops would be kept, and waited for.
  server.addHook('onSend', async (_request, reply) => void (stopping && reply.header('connection', 'close')));

  let url: string | undefined;
  return {
    get url() {
      if (url === undefined) {
        throw new Error('the service has no URL before it was started');
      }
      return url;
    },
    async start() {
      url = await server.listen({ host: config.host, port: config.port });
    },
    async stop() {
      stopping = true;
      const cut = setTimeout(() => server.server.closeAllConnections(), config.shutdownTimeoutMs);
      await server.close().finally(() => clearTimeout(cut));
    },
  };
}
