import { NotFoundError } from '../errors.ts';
import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { discountedPrice } from '../product.ts';
import { byId } from '../product-input.ts';

export function readProduct(server: HttpServer, { repository }: Parts): void {
  server.get('/products/:id', { schema: { params: byId } }, async ({ params }) => {
    const product = await repository.find(params.id);
    if (!product) {
      throw new NotFoundError('no product has this id');
    }
    return { ...product, discountedPrice: discountedPrice(product) };
  });
}
