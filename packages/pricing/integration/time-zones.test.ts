import { expectRoundTrip, inTimeZone } from '@splitlevel/testkit';
import { describe, expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

describe('time zones: wherever the process and the session of the database are', () => {
  test.for([
    ['Asia/Kathmandu', 'UTC'],
    ['UTC', 'Europe/Berlin'],
    ['America/St_Johns', 'Asia/Kolkata'],
  ] as const)('an instant stays the same: %s, %s', async ([process, session], { startService, database }) => {
    await inTimeZone(database, { process, session }, async () => {
      const service = await startService();
      const { id } = await create(service);
      const changes = `/products/${id}/discount-changes`;
      await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '1' });
      await expectRoundTrip(
        database,
        'product_discount_changes.changed_at',
        async (changedAt) => {
          await database.query('update "product_discount_changes" set changed_at = $1', [changedAt]);
          return (await call(service, 'GET', changes)).body.changes[0].changedAt;
        },
        { runs: 5 },
      );
    });
  });

  test('a change is dated with the instant at which it was made', async ({ startService, database }) => {
    await inTimeZone(database, { process: 'Pacific/Kiritimati', session: 'Pacific/Pago_Pago' }, async () => {
      const service = await startService();
      const { id } = await create(service);
      const before = new Date().toISOString();
      await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '1' });
      const { body } = await call(service, 'GET', `/products/${id}/discount-changes?since=${before}`);
      expect(body.changes, `no change since ${before}: its date is of another zone`).toHaveLength(1);
      const difference = Math.abs(Date.parse(body.changes[0].changedAt) - Date.parse(before));
      expect(difference, 'milliseconds from the call to its date, which is of another zone').toBeLessThan(60_000);
      const { body: list } = await call(service, 'GET', '/products');
      expect(list.products[0].lastDiscountChange.changedAt, 'the list shows another instant').toBe(
        body.changes[0].changedAt,
      );
    });
  });
});
