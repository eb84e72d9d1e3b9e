import { z } from 'zod';
import type { Config } from '../config.ts';
import { HttpClient } from '../http-client.ts';

const answer = z.object({ factor: z.string().regex(/^\d{1,10}(\.\d{1,10})?$/) });

export interface ExchangeRatesClient {
  /** What exchange-rates says that a price is to be multiplied with, or undefined for a key it does not know. */
  factor(key: string, requestId: string): Promise<string | undefined>;
}

// TEMPLATE NOTE: /factors/{key} and its answer are an example; put what exchange-rates really offers in their place.
export function createExchangeRatesClient(config: Config): ExchangeRatesClient {
  const client = new HttpClient({
    name: 'exchange-rates',
    baseUrl: config.exchangeRatesUrl,
    timeoutMs: config.upstreamTimeoutMs,
  });
  return {
    factor: async (key, requestId) => (await client.getJson(['factors', key], answer, requestId))?.factor,
  };
}
