-- The testkit's own objects inside every database that it hands out: a record of the tables that were written, the state
-- that a test starts with, and the way back to it. Installed by the superuser at the end of making a template.

CREATE SCHEMA splitlevel_testkit;
SET LOCAL search_path = splitlevel_testkit, pg_catalog;

-- The record. Append-only and without a key, so that two transactions of the code under test never wait for each other
-- here, and nothing that a SERIALIZABLE transaction reads. Relation 0 stands for a change of the schema.
CREATE UNLOGGED TABLE dirty (relation oid NOT NULL);

-- Every table with rows of its own: not partitioned tables, and not foreign tables, whose rows are on another server.
CREATE TABLE stored (
  relation oid PRIMARY KEY,
  name text NOT NULL,
  -- Statement that puts the template's rows back; null where the template has none.
  restore text,
  -- Why this table cannot be set back row by row; null where it can.
  irreparable text,
  pages bigint NOT NULL
);

-- Whose rows a statement on a relation can change: its own, its partitions' and its children's.
CREATE TABLE covers (recorded oid NOT NULL, stored oid NOT NULL, PRIMARY KEY (recorded, stored));

CREATE FUNCTION record() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO splitlevel_testkit.dirty VALUES (TG_RELID);
  RETURN NULL;
END
$$;

CREATE FUNCTION record_definition() RETURNS event_trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF tg_event = 'sql_drop' THEN
    IF NOT EXISTS (SELECT FROM pg_event_trigger_dropped_objects() AS o WHERE NOT o.is_temporary AND o.original) THEN
      RETURN;
    END IF;
  ELSIF NOT EXISTS (
    SELECT FROM pg_event_trigger_ddl_commands() AS c WHERE c.schema_name IS DISTINCT FROM 'pg_temp'
  ) THEN
    RETURN;
  END IF;
  IF current_setting('splitlevel_testkit.isolation', true) = 'rollback' THEN
    RAISE EXCEPTION '% changes the schema, which a test with isolation ''rollback'' cannot do', tg_tag
      USING ERRCODE = 'TK001';
  END IF;
  INSERT INTO splitlevel_testkit.dirty VALUES (0);
END
$$;

-- A row here refuses the COMMIT of the transaction that inserted it.
CREATE UNLOGGED TABLE held (held boolean NOT NULL);

CREATE FUNCTION refuse_commit() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Checking the deferred constraints early is not a COMMIT; the client still sees the end of the transaction.
  IF current_query() !~* 'set\s+constraints' THEN
    RAISE EXCEPTION 'COMMIT in a test with isolation ''rollback''' USING ERRCODE = 'TK001';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER refuse_commit AFTER INSERT ON held
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_commit();

CREATE FUNCTION hold() RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  INSERT INTO splitlevel_testkit.held VALUES (true);
END;

-- One round trip back to the template's state. Answers null when the database is as the template again, else an object:
--   busy         other connections are in a transaction, or are open although they are none of `own`; nothing was done
--   replace      why this database can only be replaced by a fresh clone
--   differences  what is not as in the template although all that was recorded was set back
-- User triggers, rules and foreign keys stay out of it: the connection that calls this has session_replication_role set,
-- once and for all, since setting it here would throw away all plans each time.
-- own: the sessions of the database's owner, by pid, that may stay open; null lets all stay that are idle.
CREATE FUNCTION reset(own int[]) RETURNS jsonb
  LANGUAGE plpgsql
AS $$
DECLARE
  written record;
  found text[];
BEGIN
  IF EXISTS (
    SELECT FROM pg_stat_get_activity(NULL) AS a
    JOIN pg_database AS d ON d.datname = current_database()
    WHERE a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'
      AND ((a.datid = d.oid AND a.state IS DISTINCT FROM 'idle') OR (a.usesysid = d.datdba AND a.pid <> ALL (own)))
  ) THEN
    RETURN jsonb_build_object('busy', true);
  END IF;
  IF EXISTS (SELECT FROM pg_prepared_xact() AS p WHERE p.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())) THEN
    RETURN jsonb_build_object('busy', true);
  END IF;
  IF EXISTS (SELECT FROM splitlevel_testkit.dirty WHERE relation = 0) THEN
    RETURN jsonb_build_object('replace', 'the schema was changed');
  END IF;

  FOR written IN
    WITH taken AS (DELETE FROM splitlevel_testkit.dirty RETURNING relation)
    SELECT DISTINCT s.relation, s.name, s.restore, s.irreparable, s.pages
    FROM taken AS t
    JOIN splitlevel_testkit.covers AS c ON c.recorded = t.relation
    JOIN splitlevel_testkit.stored AS s ON s.relation = c.stored
  LOOP
    IF written.irreparable IS NOT NULL THEN
      RETURN jsonb_build_object('replace', written.name || ' was written, and ' || written.irreparable);
    END IF;
    -- Past a mebibyte a fresh clone is quicker than deleting row by row, and leaves no dead rows behind.
    IF pg_relation_size(written.relation) > 1048576 THEN
      RETURN jsonb_build_object('replace', written.name || ' has grown past a mebibyte');
    END IF;
    EXECUTE 'DELETE FROM ONLY ' || written.name;
    IF written.restore IS NOT NULL THEN
      EXECUTE written.restore;
    END IF;
  END LOOP;

  PERFORM splitlevel_testkit.reset_sequences();
  found := splitlevel_testkit.differences();
  IF found <> '{}' THEN
    RETURN jsonb_build_object('differences', found);
  END IF;
  RETURN NULL;
END
$$;
