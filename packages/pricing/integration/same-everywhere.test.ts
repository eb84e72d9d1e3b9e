import { expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

// Half a cent is where floats go wrong, and digits beyond the sixteenth.
test.for([
  ['8.35', '50.00', '4.18'],
  ['1.15', '70.00', '0.35'],
  ['9999999999.99', '0.01', '9998999999.99'],
  ['0.00', '100.00', '0.00'],
])(
  'every route shows a price of %s with a discount of %s as %s',
  async ([price, discountPercent, discountedPrice], { service }) => {
    const name = 'Chair';
    const created = await create(service, { name, price, discountPercent });
    const { id } = created;
    const expected = { id, name, price, discountPercent, attributes: {}, discountedPrice };

    const read = await call(service, 'GET', `/products/${id}`);
    const changed = await call(service, 'PUT', `/products/${id}/discount`, { discountPercent });
    const listed = await call(service, 'GET', '/products');
    const found = await call(service, 'GET', `/products?name=${name}`);

    expect(created, 'when it is created').toEqual(expected);
    expect(read.body, 'when it is read').toEqual(expected);
    expect(changed.body, 'when its discount is changed').toEqual(expected);
    expect(listed.body.products, 'in the list').toMatchObject([expected]);
    expect(found.body.products, 'in the list of a name').toMatchObject([expected]);
  },
);

test('a new product is read where its answer says that it is', async ({ service }) => {
  const created = await call(service, 'POST', '/products', { name: 'Chair', price: '19.99' });
  expect(created.headers.get('location'), 'the header Location').not.toBeNull();
  const read = await call(service, 'GET', created.headers.get('location') ?? '');
  expect(read, 'what the header Location leads to').toMatchObject({ status: 200, body: created.body });
});
