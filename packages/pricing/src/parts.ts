import type { Database } from './database.ts';
import type { ProductQueries } from './product-queries.ts';
import type { ProductRepository } from './product-repository.ts';
import type { ExchangeRatesClient } from './upstreams/exchange-rates.ts';

/** The parts that routes use, made once in service.ts. */
export interface Parts {
  readonly database: Database;
  readonly repository: ProductRepository;
  readonly queries: ProductQueries;
  readonly exchangeRates: ExchangeRatesClient;
}
