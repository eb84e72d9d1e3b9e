import type { Transaction } from 'kysely';
import type { Database, Schema } from './database.ts';
import { violates } from './database-error.ts';
import { deepAbove, isDeep, refusalOf } from './discount-rule.ts';
import { ConflictError } from './errors.ts';
import { inTransaction } from './in-transaction.ts';
import type { NewProduct, Product } from './product.ts';

export const columns = ['id', 'name', 'price', 'discount_percent as discountPercent', 'attributes'] as const;

export class ProductRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws {ConflictError} when the name is taken, or the discount cannot be given */
  async insert({ name, price, discountPercent, attributes }: NewProduct): Promise<Product> {
    return await inTransaction(this.#database, async (transaction) => {
      await checkRule(transaction, discountPercent);
      return await transaction
        .insertInto('products')
        .values({ name, price, discount_percent: discountPercent, attributes })
        .returning(columns)
        .executeTakeFirstOrThrow();
    }).catch((error: unknown) => {
      if (violates(error, 'products_name_unique')) {
        throw new ConflictError('another product has this name');
      }
      throw error;
    });
  }

  async find(id: string): Promise<Product | undefined> {
    return await this.#database.selectFrom('products').select(columns).where('id', '=', id).executeTakeFirst();
  }

  /**
   * Changes the discount and keeps a record of the change: both or neither.
   *
   * @throws {ConflictError} when the discount cannot be given
   */
  async changeDiscount(id: string, discountPercent: string): Promise<Product | undefined> {
    return await inTransaction(this.#database, async (transaction) => {
      const before = await transaction
        .selectFrom('products')
        .select('discount_percent')
        .where('id', '=', id)
        .executeTakeFirst();
      if (!before) {
        return undefined;
      }
      await checkRule(transaction, discountPercent, id);
      await transaction
        .insertInto('product_discount_changes')
        .values({ product_id: id, from_percent: before.discount_percent, to_percent: discountPercent })
        .execute();
      return await transaction
        .updateTable('products')
        .set({ discount_percent: discountPercent })
        .where('id', '=', id)
        .returning(columns)
        .executeTakeFirst();
    });
  }
}

/** The count holds until the transaction ends only because inTransaction makes all of them serializable. */
async function checkRule(transaction: Transaction<Schema>, discountPercent: string, id?: string): Promise<void> {
  if (!isDeep(discountPercent)) {
    return;
  }
  const deep = await transaction
    .selectFrom('products')
    .select('id')
    .where('discount_percent', '>', deepAbove)
    .execute();
  const refusal = refusalOf(discountPercent, deep.filter((each) => each.id !== id).length);
  if (refusal !== undefined) {
    throw new ConflictError(refusal);
  }
}
