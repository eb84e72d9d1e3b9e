-- Surveys the finished schema: fills the write log's tables, moves the sequences apart, and writes the functions that
-- compare with the template as static SQL, which is planned once per connection.

SET LOCAL search_path = splitlevel_testkit, pg_catalog;

-- Sequences start ten apart, so that an id of one table is not an id of another by chance, and low, for code that limits ids.
-- One stays where it is if its own MAXVALUE, a CHECK, a domain or a length limits what it fills; and so does one that is
-- behind the rows of its column: inserting fails there in production too, and the test should see it.
DO $$
DECLARE
  sequence record;
  taken bigint[] := '{}';
  ten bigint;
  base bigint;
  highest bigint;
  last bigint;
  called boolean;
BEGIN
  FOR sequence IN
    WITH filled AS (
      SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS attnum
      FROM pg_depend AS d
      WHERE (d.classid, d.refclassid) = ('pg_class'::regclass, 'pg_class'::regclass) AND d.refobjsubid > 0
      UNION
      SELECT d.refobjid, f.adrelid, f.adnum
      FROM pg_depend AS d JOIN pg_attrdef AS f ON (d.classid, d.objid) = ('pg_attrdef'::regclass, f.oid)
      WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid <> f.adrelid
    )
    SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, s.seqincrement AS increment,
      s.seqmax < 32767 OR EXISTS (
        SELECT FROM filled AS f JOIN pg_attribute AS a ON (a.attrelid, a.attnum) = (f.relation, f.attnum)
        WHERE f.sequence = c.oid AND (
          a.atttypid NOT IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype, 'text'::regtype, 'varchar'::regtype)
          OR a.atttypmod <> -1
          OR EXISTS (SELECT FROM pg_constraint AS k WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)))
      ) AS limited,
      (
        SELECT format('SELECT max(%I)::numeric FROM %s', a.attname, a.attrelid::regclass)
        FROM filled AS f JOIN pg_attribute AS a ON (a.attrelid, a.attnum) = (f.relation, f.attnum)
        WHERE f.sequence = c.oid AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
        ORDER BY f.relation LIMIT 1
      ) AS probe
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_sequence AS s ON s.seqrelid = c.oid
    WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND s.seqincrement > 0 AND NOT s.seqcycle
    ORDER BY n.nspname, c.relname
  LOOP
    CONTINUE WHEN sequence.limited;
    EXECUTE format('SELECT last_value, is_called FROM %s', sequence.name) INTO last, called;
    IF sequence.probe IS NOT NULL THEN
      EXECUTE sequence.probe INTO highest;
      CONTINUE WHEN highest > last OR (highest = last AND NOT called);
    END IF;
    ten := 10 * (last / 10 + 1);
    WHILE ten = ANY (taken) LOOP
      ten := ten + 10;
    END LOOP;
    -- In steps of the increment, from where the template is.
    base := last + sequence.increment * ((ten - last) / sequence.increment);
    IF NOT called THEN
      base := base - sequence.increment;
    END IF;
    CONTINUE WHEN base <= last OR base > 16383;
    taken := taken || ten;
    PERFORM setval(sequence.oid::regclass, base, true);
  END LOOP;
END
$$;

INSERT INTO stored (relation, name, irreparable, pages)
SELECT c.oid, format('%I.%I', n.nspname, c.relname),
  CASE
    WHEN EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgenabled IN ('A', 'R'))
      OR EXISTS (SELECT FROM pg_rewrite AS r WHERE r.ev_class = c.oid AND r.ev_enabled IN ('A', 'R'))
      THEN 'its triggers or rules fire even in replication'
    WHEN EXISTS (SELECT FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.contype = 'c' AND NOT k.convalidated)
      THEN 'the template may have rows that break a constraint which is NOT VALID'
  END,
  pg_relation_size(c.oid) / current_setting('block_size')::bigint
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't'
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'splitlevel_testkit');

INSERT INTO covers (recorded, stored)
WITH RECURSIVE reach (recorded, relation) AS (
  SELECT c.oid, c.oid
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
    AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'splitlevel_testkit')
  UNION
  SELECT r.recorded, i.inhrelid FROM reach AS r JOIN pg_inherits AS i ON i.inhparent = r.relation
)
SELECT r.recorded, r.relation FROM reach AS r JOIN stored AS s ON s.relation = r.relation;

-- The template's own rows are copied, where they are few enough to be put back.
DO $$
DECLARE
  item record;
  filled boolean;
BEGIN
  FOR item IN
    SELECT s.relation, s.name, s.irreparable, s.pages, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM stored AS s
    LEFT JOIN pg_attribute AS a
      ON a.attrelid = s.relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY s.relation
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM ONLY %s)', item.name) INTO filled;
    CONTINUE WHEN NOT filled;
    IF item.columns IS NULL OR item.pages > 64 THEN
      UPDATE stored SET irreparable = coalesce(irreparable, 'the template has many rows in it'), restore = ''
      WHERE relation = item.relation;
    ELSE
      EXECUTE format('CREATE TABLE splitlevel_testkit.%I AS SELECT %s FROM ONLY %s',
        'rows_' || item.relation, item.columns, item.name);
      UPDATE stored SET restore = format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM splitlevel_testkit.%I',
        item.name, item.columns, item.columns, 'rows_' || item.relation)
      WHERE relation = item.relation;
    END IF;
  END LOOP;
END
$$;

DO $$
DECLARE
  item record;
  value record;
  parts text[] := '{}';
BEGIN
  FOR item IN
    SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_'
    ORDER BY 2
  LOOP
    EXECUTE format('SELECT last_value, is_called FROM %s', item.name) INTO value;
    parts := parts || format(
      'SELECT %s::regclass AS sequence, %s::bigint AS last, %L::boolean AS called FROM %s WHERE (last_value, is_called) <> (%s, %L)',
      item.oid, value.last_value, value.is_called, item.name, value.last_value, value.is_called);
  END LOOP;
  EXECUTE format(
    'CREATE FUNCTION splitlevel_testkit.reset_sequences() RETURNS void LANGUAGE plpgsql AS %L',
    CASE WHEN parts = '{}' THEN 'BEGIN END'
      ELSE 'BEGIN PERFORM setval(changed.sequence, changed.last, changed.called) FROM (' || array_to_string(parts, ' UNION ALL ') || ') AS changed; END'
    END);
END
$$;

-- Rows are compared by what they look like; past a few pages, by no row being younger than the template.
DO $$
DECLARE
  item record;
  seen record;
  parts text[] := '{}';
  objects text := $objects$(
    SELECT concat_ws(' ', (SELECT count(*) FROM pg_catalog.pg_largeobject_metadata), count(*),
      sum(pg_catalog.hashtextextended(concat_ws(' ', loid, pageno, md5(data)), 0)))
    FROM pg_catalog.pg_largeobject
  )$objects$;
BEGIN
  FOR item IN SELECT name, restore, pages FROM stored ORDER BY name LOOP
    IF item.restore IS NULL THEN
      parts := parts || format('SELECT %L WHERE EXISTS (SELECT FROM ONLY %s)', item.name, item.name);
    ELSIF item.restore = '' THEN
      EXECUTE format('SELECT count(*) AS count, pg_current_xact_id()::xid AS now FROM ONLY %s', item.name) INTO seen;
      parts := parts || format(
        'SELECT %L WHERE (SELECT count(*) <> %s OR bool_or(age(t.xmin) < age(%L::xid)) FROM ONLY %s AS t)',
        item.name, seen.count, seen.now, item.name);
    ELSE
      EXECUTE format('SELECT count(*) AS count, sum(hashtextextended(t::text, 0)) AS hash FROM ONLY %s AS t', item.name)
        INTO seen;
      parts := parts || format(
        'SELECT %L WHERE (SELECT (count(*), sum(pg_catalog.hashtextextended(t::text, 0))) IS DISTINCT FROM (%s::bigint, %s::numeric) FROM ONLY %s AS t)',
        item.name, seen.count, seen.hash, item.name);
    END IF;
  END LOOP;
  EXECUTE 'SELECT ' || objects || ' AS objects' INTO seen;
  parts := parts || format('SELECT %L WHERE %s <> %L', 'large objects', objects, seen.objects);
  EXECUTE format(
    'CREATE FUNCTION splitlevel_testkit.differences() RETURNS text[] LANGUAGE plpgsql AS %L',
    'BEGIN RETURN ARRAY(' || array_to_string(parts, ' UNION ALL ') || '); END');
END
$$;

DO $$
DECLARE
  item record;
BEGIN
  FOR item IN SELECT DISTINCT recorded::regclass AS name FROM covers LOOP
    EXECUTE format(
      'CREATE TRIGGER splitlevel_testkit_record AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s '
      'FOR EACH STATEMENT EXECUTE FUNCTION splitlevel_testkit.record()', item.name);
  END LOOP;
END
$$;

CREATE EVENT TRIGGER splitlevel_testkit_change ON ddl_command_end EXECUTE FUNCTION record_definition();
CREATE EVENT TRIGGER splitlevel_testkit_drop ON sql_drop EXECUTE FUNCTION record_definition();
