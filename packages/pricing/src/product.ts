import { BigNumber } from 'bignumber.js';

/** Money and percentages are decimals written out, never floats. */
export interface ProductPrice {
  /** At least 0, with two places: `'19.99'`. */
  readonly price: string;
  /** From 0 to 100, with two places: `'12.50'`. */
  readonly discountPercent: string;
}

export interface NewProduct extends ProductPrice {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Product extends NewProduct {
  readonly id: string;
}

/** The price that the discount leaves: computed exactly, rounded once at the end to two places, halves up. */
export function discountedPrice(product: ProductPrice): string {
  return rounded(exactDiscountedPrice(product));
}

/** The same before it is rounded. */
export function exactDiscountedPrice({ price, discountPercent }: ProductPrice): BigNumber {
  const percentLeft = new BigNumber(100).minus(discountPercent);
  return percentLeft.times(price).shiftedBy(-2);
}

/** To two places, halves up. */
export function rounded(amount: BigNumber): string {
  return amount.toFixed(2, BigNumber.ROUND_HALF_UP);
}
