import { NotFoundError } from '../errors.ts';
import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { byId, changesWanted } from '../product-input.ts';

const most = 100;

/** The latest changes of a discount, at most 100; `before` the last one's number come the next. */
export function listDiscountChanges(server: HttpServer, { repository, queries }: Parts): void {
  const schema = { params: byId, querystring: changesWanted };
  server.get('/products/:id/discount-changes', { schema }, async ({ params, query }) => {
    if (!(await repository.find(params.id))) {
      throw new NotFoundError('no product has this id');
    }
    return { changes: await queries.discountChanges(params.id, { ...query, limit: most }) };
  });
}
