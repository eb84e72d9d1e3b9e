import { expect, test } from 'vitest';
import { fillValue } from './postgres-value.ts';

const column = {
  name: 'price',
  type: 'numeric(12,2)',
  base: 'numeric',
  plain: 'numeric',
  isArray: false,
  isEnum: false,
  modifier: (12 << 16) + 2 + 4,
  nullable: false,
  hasDefault: false,
  unique: false,
  checks: [],
};

test('numbers have the digits of their type', () => {
  expect(fillValue(column)).toBe('(1 + i % 99 + i % 100 / 100.0)::numeric(12,2)');
  expect(fillValue({ ...column, type: 'numeric(3,1)', modifier: (3 << 16) + 1 + 4 })).toBe(
    '(1 + i % 99 + i % 10 / 10.0)::numeric(3,1)',
  );
  expect(fillValue({ ...column, type: 'numeric(2,2)', modifier: (2 << 16) + 2 + 4 })).toBe(
    '(0 + i % 100 / 100.0 / 1)::numeric(2,2)',
  );
});

test('what must be unique is the row itself', () => {
  expect(fillValue({ ...column, unique: true })).toBe('(i)::numeric(12,2)');
});

test('strings bear the name of their column, and end with the number', () => {
  const text = { ...column, name: "it's", base: 'varchar', type: 'character varying(9)', modifier: 13 };
  expect(fillValue(text)).toBe("(right('it''s ' || i, 9))::character varying(9)");
  expect(fillValue({ ...text, type: 'text', base: 'text', modifier: -1 })).toBe("('it''s ' || i)::text");
});

test('a list or a range that a CHECK gives is kept to', () => {
  const listed = ["CHECK ((status = ANY (ARRAY['open'::text, 'done'::text])))"];
  expect(fillValue({ ...column, base: 'text', type: 'text', checks: listed })).toBe(
    "((ARRAY['open'::text, 'done'::text])[1 + i % cardinality(ARRAY['open'::text, 'done'::text])])::text",
  );
  const ranged = ['CHECK (((rating >= 1) AND (rating <= 5)))'];
  expect(fillValue({ ...column, base: 'int4', type: 'integer', checks: ranged })).toBe('(1 + i % 5)::integer');
  const domain = ['CHECK (((VALUE >= (0)::numeric) AND (VALUE <= (100)::numeric)))'];
  expect(fillValue({ ...column, type: 'percent', checks: domain })).toBe('(0 + i % 101)::percent');
});

test('enums, arrays, and types that none is known for', () => {
  const mood = { ...column, isEnum: true, type: 'mood', plain: 'mood', base: 'mood' };
  expect(fillValue(mood)).toBe('((enum_range(NULL::mood))[1 + i % cardinality(enum_range(NULL::mood))])::mood');
  expect(fillValue({ ...column, isArray: true, type: 'text[]', base: 'text', modifier: -1 })).toBe(
    "(ARRAY['price ' || i])::text[]",
  );
  expect(fillValue({ ...column, base: 'point' })).toBeUndefined();
});
