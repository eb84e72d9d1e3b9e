import { describe, expect, test } from 'vitest';
import { discountedPriceTimes } from './price-times.ts';

describe('a discounted price times a factor', () => {
  test('is rounded once, after the multiplication', () => {
    expect(discountedPriceTimes({ price: '0.99', discountPercent: '50' }, '100')).toBe('49.50');
  });

  test('keeps the digits of a long factor', () => {
    expect(discountedPriceTimes({ price: '1000000.00', discountPercent: '0' }, '1.0834567')).toBe('1083456.70');
  });
});
