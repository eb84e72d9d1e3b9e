import { describe, expect, test } from 'vitest';
import { discountedPrice } from './product.ts';

describe('the discount', () => {
  test.each([
    { price: '80.00', discountPercent: '25', expected: '60.00' },
    { price: '19.99', discountPercent: '12.50', expected: '17.49' },
    { price: '19.99', discountPercent: '0', expected: '19.99' },
    { price: '19.99', discountPercent: '100', expected: '0.00' },
    { price: '0.00', discountPercent: '33.33', expected: '0.00' },
  ])('$price less $discountPercent % is $expected', ({ price, discountPercent, expected }) => {
    expect(discountedPrice({ price, discountPercent })).toBe(expected);
  });

  test('half a cent is rounded up, where a float would have lost it', () => {
    expect(discountedPrice({ price: '2.01', discountPercent: '50' })).toBe('1.01');
    expect((2.01 * 0.5).toFixed(2)).toBe('1.00');
  });

  test('the largest price that can be stored keeps every digit', () => {
    expect(discountedPrice({ price: '9999999999.99', discountPercent: '0.01' })).toBe('9998999999.99');
  });
});
