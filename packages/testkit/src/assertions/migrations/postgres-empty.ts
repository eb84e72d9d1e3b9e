import type { SqlDatabase } from '../../kinds/shared/sql/sql-dialect.ts';
import { OWN_SCHEMAS } from './postgres-schema.ts';

// What belongs to an extension was made before the migrations, by a superuser. A sequence may go with its table.
const DROPS = `
  WITH own AS (SELECT oid, nspname FROM pg_namespace WHERE ${OWN_SCHEMAS}),
    extended AS (SELECT objid FROM pg_depend WHERE deptype = 'e')
  SELECT format('DROP SCHEMA %I CASCADE', nspname) AS drop, 1 AS turn FROM own WHERE nspname <> 'public' AND oid NOT IN (SELECT objid FROM extended)
  UNION ALL
  SELECT format('DROP %s IF EXISTS %s CASCADE',
    CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.oid::regclass),
    CASE relkind WHEN 'S' THEN 3 ELSE 2 END
  FROM pg_class AS c JOIN own ON own.oid = relnamespace
  WHERE nspname = 'public' AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.oid NOT IN (SELECT objid FROM extended)
  UNION ALL
  SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure), 4
  FROM pg_proc AS p JOIN own ON own.oid = pronamespace
  WHERE nspname = 'public' AND prokind <> 'a' AND p.oid NOT IN (SELECT objid FROM extended)
  UNION ALL
  SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype), 5
  FROM pg_type AS t JOIN own ON own.oid = typnamespace
  WHERE nspname = 'public' AND typtype IN ('e', 'd') AND t.oid NOT IN (SELECT objid FROM extended)
  ORDER BY turn`;

/** Drops all that migrations made, and what the tool noted of them. */
export async function empty(database: SqlDatabase): Promise<void> {
  const drops = await database.query<{ drop: string }>(DROPS);
  await database.query(drops.map(({ drop }) => drop).join(';\n'));
}
