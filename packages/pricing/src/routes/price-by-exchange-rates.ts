import { z } from 'zod';
import { NotFoundError } from '../errors.ts';
import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { discountedPriceTimes } from '../price-times.ts';
import { byId } from '../product-input.ts';

const params = byId.extend({ key: z.string().regex(/^[A-Za-z0-9-]{1,40}$/) });

/** The discounted price times the factor that exchange-rates has for a key. */
export function priceByExchangeRates(server: HttpServer, { repository, exchangeRates }: Parts): void {
  server.get('/products/:id/exchange-rates/:key', { schema: { params } }, async (request) => {
    const { id, key } = request.params;
    const product = await repository.find(id);
    if (!product) {
      throw new NotFoundError('no product has this id');
    }
    const factor = await exchangeRates.factor(key, request.id);
    if (factor === undefined) {
      throw new NotFoundError('exchange-rates knows no such key');
    }
    return { id, key, factor, price: discountedPriceTimes(product, factor) };
  });
}
