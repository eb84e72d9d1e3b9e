import type { Service } from '../src/service.ts';
import { type Answer, call } from './call.ts';

/** Creates what the test is about; `fields` are set on top of a chair for 19.99. */
export async function create(service: Service, fields: object = {}): Promise<Answer['body']> {
  const { status, body } = await call(service, 'POST', '/products', { name: 'Chair', price: '19.99', ...fields });
  if (status !== 201) {
    throw new Error(`nothing was created: ${JSON.stringify(body)}`);
  }
  return body;
}
