import pg from 'pg';
import type { FixtureKind } from '../fixture-kind.ts';
import type { PostgresNeed } from '../needs.ts';
import type { Database } from './database.ts';
import { cloneName, urlFor } from './names.ts';
import { closeServerSession, serverSession } from './server-session.ts';
import { ensureTemplate } from './template.ts';

let clones = 0;

export const postgresKind: FixtureKind<PostgresNeed, Database> = {
  async prepare(need, place) {
    const session = await serverSession();
    const template = await ensureTemplate(need, place, session);
    return {
      async open() {
        const name = cloneName(template.slug, session.id, ++clones);
        await session.connection.query(
          `CREATE DATABASE ${name} TEMPLATE ${template.name} STRATEGY FILE_COPY OWNER ${template.owner.name}`,
        );
        const url = urlFor(session.server.url, name, template.owner);
        const pool = new pg.Pool({ connectionString: url });
        pool.on('error', () => {});
        const query: Database['query'] = async (sql, parameters = []) => (await pool.query(sql, [...parameters])).rows;
        return {
          value: { url, pool, query },
          async finish() {
            if (!pool.ended) await pool.end();
            await session.connection.query(`DROP DATABASE ${name} WITH (FORCE)`);
          },
        };
      },
      async close() {
        await closeServerSession();
      },
    };
  },
};
