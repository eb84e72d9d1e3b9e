import { sql } from 'kysely';
import type { Database } from './database.ts';
import { violates } from './database-error.ts';
import { ConflictError } from './errors.ts';
import { inTransaction } from './in-transaction.ts';
import type { NewProduct, Product } from './product.ts';

const columns = ['id', 'name', 'price', 'discount_percent as discountPercent'] as const;

export interface DiscountChange {
  readonly fromPercent: string;
  readonly toPercent: string;
  /** ISO 8601 in UTC with microseconds, as precise as PostgreSQL keeps it; a Date would cut them to milliseconds. */
  readonly changedAt: string;
}

export class ProductRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws {ConflictError} when the name is taken */
  async insert({ name, price, discountPercent }: NewProduct): Promise<Product> {
    return await this.#database
      .insertInto('products')
      .values({ name, price, discount_percent: discountPercent })
      .returning(columns)
      .executeTakeFirstOrThrow()
      .catch((error: unknown) => {
        if (violates(error, 'products_name_unique')) throw new ConflictError('another product has this name');
        throw error;
      });
  }

  async find(id: string): Promise<Product | undefined> {
    return await this.#database.selectFrom('products').select(columns).where('id', '=', id).executeTakeFirst();
  }

  /** Changes the discount and keeps a record of the change: both or neither. */
  async changeDiscount(id: string, discountPercent: string): Promise<Product | undefined> {
    return await inTransaction(this.#database, async (transaction) => {
      const before = await transaction
        .selectFrom('products')
        .select('discount_percent')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!before) return undefined;
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

  /** The latest changes first. */
  async discountChanges(id: string, limit: number): Promise<DiscountChange[]> {
    return await this.#database
      .selectFrom('product_discount_changes')
      .select(['from_percent as fromPercent', 'to_percent as toPercent'])
      .select(sql<string>`to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('changedAt'))
      .where('product_id', '=', id)
      .orderBy('changed_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  }
}
