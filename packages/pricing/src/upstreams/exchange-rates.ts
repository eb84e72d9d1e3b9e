import { z } from 'zod';
import type { Config } from '../config.ts';
import { HttpClient } from '../http-client.ts';

const factorAnswer = z.object({ factor: z.string().regex(/^\d{1,10}(\.\d{1,10})?$/) });

const quoteAnswer = z.object({
  id: z.string().min(1).max(100),
  amount: z.string().regex(/^\d{1,12}(\.\d{1,10})?$/),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});

export type ExchangeRatesQuote = z.infer<typeof quoteAnswer>;

export interface ExchangeRatesClient {
  /** What exchange-rates says that a price is to be multiplied with, or undefined for a key it does not know. */
  factor(key: string, requestId: string): Promise<string | undefined>;
  /** Has exchange-rates quote an amount, each time anew; undefined for a key it does not know. */
  quote(key: string, amount: string, requestId: string): Promise<ExchangeRatesQuote | undefined>;
}

// TEMPLATE NOTE: /factors/{key}, /quotes and their answers are examples; put what exchange-rates offers in their place.
export function createExchangeRatesClient(config: Config): ExchangeRatesClient {
  const client = new HttpClient({
    name: 'exchange-rates',
    baseUrl: config.exchangeRatesUrl,
    timeoutMs: config.upstreamTimeoutMs,
  });
  return {
    factor: async (key, requestId) => (await client.getJson(['factors', key], factorAnswer, requestId))?.factor,
    quote: (key, amount, requestId) => client.postJson(['quotes'], { key, amount }, quoteAnswer, requestId),
  };
}
