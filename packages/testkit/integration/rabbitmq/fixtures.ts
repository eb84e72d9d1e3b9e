import { Connection } from 'rabbitmq-client';
import { createTest } from '../../src/index.ts';
import { rabbitmq } from '../../src/needs.ts';

/** Tests of a package that needs a RabbitMQ. */
export const test = createTest(import.meta.dirname, { broker: rabbitmq() });

/** Connects, does something and closes. */
export async function connected<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = new Connection({ url, retryLow: 50, retryHigh: 200 });
  connection.on('error', () => {});
  try {
    await connection.onConnect(20_000);
    return await work(connection);
  } finally {
    await connection.close();
  }
}
