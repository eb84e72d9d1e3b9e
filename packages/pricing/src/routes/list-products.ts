import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { discountedPrice } from '../product.ts';
import { byName } from '../product-input.ts';

const most = 100;

/** The newest, at most 100, each with the last change of its discount. */
export function listProducts(server: HttpServer, { queries }: Parts): void {
  server.get('/products', { schema: { querystring: byName } }, async ({ query }) => {
    const listed = await queries.list(query.name, most);
    return { products: listed.map((each) => ({ ...each, discountedPrice: discountedPrice(each) })) };
  });
}
