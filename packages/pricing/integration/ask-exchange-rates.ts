import type { Service } from '../src/service.ts';
import { type Answer, call } from './call.ts';
import { create } from './create-product.ts';

/** Asks for the price of a chair, for 19.99 less 12.50 %, times the factor of a key. */
export async function askForPrice(service: Service, key = 'EUR'): Promise<Answer> {
  const { id } = await create(service, { discountPercent: '12.50' });
  return await call(service, 'GET', `/products/${id}/exchange-rates/${key}`);
}

/** Asks for a quote of that price for a key. */
export async function askForQuote(service: Service, key = 'EUR'): Promise<Answer> {
  const { id } = await create(service, { discountPercent: '12.50' });
  return await call(service, 'POST', `/products/${id}/exchange-rates/${key}/quotes`);
}
