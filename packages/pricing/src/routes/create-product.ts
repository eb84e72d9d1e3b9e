import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { discountedPrice } from '../product.ts';
import { newProduct } from '../product-input.ts';

export function createProduct(server: HttpServer, { repository }: Parts): void {
  server.post('/products', { schema: { body: newProduct } }, async (request, reply) => {
    const product = await repository.insert(request.body);
    reply.code(201).header('location', `/products/${product.id}`);
    return { ...product, discountedPrice: discountedPrice(product) };
  });
}
