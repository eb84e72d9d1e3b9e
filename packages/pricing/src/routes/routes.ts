import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';
import { changeDiscount } from './change-discount.ts';
import { createProduct } from './create-product.ts';
import { health } from './health.ts';
import { listDiscountChanges } from './list-discount-changes.ts';
import { listProducts } from './list-products.ts';
import { priceByExchangeRates } from './price-by-exchange-rates.ts';
import { quoteByExchangeRates } from './quote-by-exchange-rates.ts';
import { readProduct } from './read-product.ts';

/** Every route of the service. */
export const routes: readonly ((server: HttpServer, parts: Parts) => void)[] = [
  health,
  listProducts,
  createProduct,
  readProduct,
  changeDiscount,
  listDiscountChanges,
  priceByExchangeRates,
  quoteByExchangeRates,
];
