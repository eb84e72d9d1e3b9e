import { sql } from 'kysely';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Database } from './database.ts';
import type { Product } from './product.ts';
import { columns } from './product-repository.ts';

export interface DiscountChange {
  readonly fromPercent: string;
  readonly toPercent: string;
  /** ISO 8601 in UTC with microseconds, as precise as PostgreSQL keeps it; a Date would cut them to milliseconds. */
  readonly changedAt: string;
}

export interface NumberedDiscountChange extends DiscountChange {
  /** Rises from change to change. A bigint, and text for that: a JavaScript number loses digits past 2^53. */
  readonly number: string;
}

export interface ListedProduct extends Product {
  readonly lastDiscountChange: DiscountChange | null;
}

const changedAt = sql<string>`to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('changedAt');

/** Reads many at once. */
export class ProductQueries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The newest first; with a name, only what has exactly this name. */
  async list(name: string | undefined, limit: number): Promise<ListedProduct[]> {
    return await this.#database
      .selectFrom('products')
      .select(columns)
      .select((outer) => {
        const last = outer
          .selectFrom('product_discount_changes')
          // Text, since the row becomes JSON on its way, whose numbers are floats.
          .select(({ cast }) => [cast<string>('from_percent', 'text').as('fromPercent')])
          .select(({ cast }) => [cast<string>('to_percent', 'text').as('toPercent'), changedAt])
          .whereRef('product_id', '=', 'products.id')
          .orderBy('number', 'desc')
          .limit(1);
        return jsonObjectFrom(last).as('lastDiscountChange');
      })
      .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  }

  /**
   * The latest changes first.
   *
   * @param since RFC 3339 with up to six decimals: only what was changed then or later
   * @param before only the changes with a smaller number
   */
  async discountChanges(
    id: string,
    { since, before, limit }: { since?: string | undefined; before?: string | undefined; limit: number },
  ): Promise<NumberedDiscountChange[]> {
    return await this.#database
      .selectFrom('product_discount_changes')
      .select(['number', 'from_percent as fromPercent', 'to_percent as toPercent', changedAt])
      .where('product_id', '=', id)
      .$if(since !== undefined, (query) => query.where('changed_at', '>=', sql<Date>`${since}::timestamptz`))
      .$if(before !== undefined, (query) => query.where('number', '<', before ?? ''))
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
  }
}
