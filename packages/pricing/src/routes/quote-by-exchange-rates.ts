import { z } from 'zod';
import { NotFoundError } from '../errors.ts';
import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { discountedPrice } from '../product.ts';
import { byId } from '../product-input.ts';

const params = byId.extend({ key: z.string().regex(/^[A-Za-z0-9-]{1,40}$/) });

/** Has exchange-rates quote the discounted price for a key. */
export function quoteByExchangeRates(server: HttpServer, { repository, exchangeRates }: Parts): void {
  server.post('/products/:id/exchange-rates/:key/quotes', { schema: { params } }, async (request, reply) => {
    const { id, key } = request.params;
    const product = await repository.find(id);
    if (!product) {
      throw new NotFoundError('no product has this id');
    }
    const quoted = await exchangeRates.quote(key, discountedPrice(product), request.id);
    if (quoted === undefined) {
      throw new NotFoundError('exchange-rates knows no such key');
    }
    reply.code(201);
    return quoted;
  });
}
