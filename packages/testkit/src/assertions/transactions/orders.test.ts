import { expect, test } from 'vitest';
import { interleavings, serialOrders } from './orders.ts';

test('all interleavings but the serial ones, those with the fewest changes first', () => {
  const orders = [...interleavings([2, 2])].map((order) => order.join(''));
  expect(orders).toEqual(['0110', '1001', '0101', '1010']);
  expect([...interleavings([4, 4])]).toHaveLength(70 - 2);
  expect([...interleavings([1, 1, 1])]).toEqual([]);
  expect([...interleavings([2, 1, 1])].map((order) => order.join(''))).toEqual([
    '0102',
    '0120',
    '0201',
    '0210',
    '1020',
    '2010',
  ]);
});

test('many steps do not keep the first order waiting', () => {
  const [first] = interleavings([200, 200]);
  expect(first?.slice(0, 3)).toEqual([0, 1, 1]);
});

test('serial orders of none, some and all', () => {
  expect(serialOrders([0, 1])).toEqual([[], [0], [0, 1], [1], [1, 0]]);
  expect(serialOrders([0, 1, 2])).toHaveLength(16);
});
