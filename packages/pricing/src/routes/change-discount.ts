import { NotFoundError } from '../errors.ts';
import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { discountedPrice } from '../product.ts';
import { byId, newDiscount } from '../product-input.ts';

export function changeDiscount(server: HttpServer, { repository }: Parts): void {
  const schema = { params: byId, body: newDiscount };
  server.put('/products/:id/discount', { schema }, async ({ params, body }) => {
    const product = await repository.changeDiscount(params.id, body.discountPercent);
    if (!product) {
      throw new NotFoundError('no product has this id');
    }
    return { ...product, discountedPrice: discountedPrice(product) };
  });
}
