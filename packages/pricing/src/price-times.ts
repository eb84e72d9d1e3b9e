import { exactDiscountedPrice, type ProductPrice, rounded } from './product.ts';

/** The discounted price times a factor, such as an exchange rate, rounded once at the end as `discountedPrice` is. */
export function discountedPriceTimes(product: ProductPrice, factor: string): string {
  return rounded(exactDiscountedPrice(product).times(factor));
}
