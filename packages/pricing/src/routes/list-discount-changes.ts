import { NotFoundError } from '../errors.ts';
import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { byId } from '../product-input.ts';

const most = 100;

/** The latest changes of a discount, at most 100. */
export function listDiscountChanges(server: HttpServer, { repository }: Parts): void {
  server.get('/products/:id/discount-changes', { schema: { params: byId } }, async ({ params }) => {
    if (!(await repository.find(params.id))) throw new NotFoundError('no product has this id');
    return { changes: await repository.discountChanges(params.id, most) };
  });
}
