import { BigNumber } from 'bignumber.js';

/** What is known of a product before it is stored. Money and percentages are decimals written out, never floats. */
export interface NewProduct {
  readonly name: string;
  /** At least 0, with two places: `'19.99'`. */
  readonly price: string;
  /** From 0 to 100, with two places: `'12.50'`. */
  readonly discountPercent: string;
}

export interface Product extends NewProduct {
  readonly id: string;
}

type Priced = Pick<NewProduct, 'price' | 'discountPercent'>;

/** The price that the discount leaves: computed exactly, rounded once at the end to two places, halves up. */
export function discountedPrice(product: Priced): string {
  return rounded(exactDiscountedPrice(product));
}

/** The discounted price times a factor, such as an exchange rate, rounded once at the end as `discountedPrice` is. */
export function discountedPriceTimes(product: Priced, factor: string): string {
  return rounded(exactDiscountedPrice(product).times(factor));
}

function exactDiscountedPrice({ price, discountPercent }: Priced): BigNumber {
  const percentLeft = new BigNumber(100).minus(discountPercent);
  return percentLeft.times(price).shiftedBy(-2);
}

function rounded(amount: BigNumber): string {
  return amount.toFixed(2, BigNumber.ROUND_HALF_UP);
}
