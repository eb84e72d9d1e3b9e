import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkEntityName,
  checkForm,
  checkIdentifierName,
  checkName,
  checkPackageName,
  MAXIMUM_NAME_LENGTH,
  pluralOf,
  spell,
} from './names.ts';

describe('a name', () => {
  test.each(['a', 'orders', 'order-lines', 'v2-api', 'x1', 'a'.repeat(MAXIMUM_NAME_LENGTH)])(
    '%s is accepted',
    (name) => {
      expect(checkName(name)).toBeUndefined();
    },
  );

  test.each([
    '',
    'Orders',
    'order_lines',
    'order.lines',
    '@acme/orders',
    '1st',
    '-a',
    'a-',
    'a--b',
    '..',
    '/etc',
    'a/b',
    'a b',
    'a\n',
    "o'reilly",
    '`x`',
    '${x}',
    '{{x}}',
    '</script>',
    'ordérs',
    '😀',
    '__proto__',
  ])('%j is refused with the form that is wanted', (name) => {
    expect(checkName(name)).toContain('kebab-case');
  });

  test('that is too long is refused with the bound and the reason', () => {
    expect(checkName('a'.repeat(MAXIMUM_NAME_LENGTH + 1))).toBe(
      'has 41 characters; at most 40 are allowed, because names of databases and identifiers derive from it',
    );
  });
});

describe('a name that a tool of the chain trips over is refused with the reason', () => {
  const devices = 'con prn aux nul com0 com1 com9 lpt0 lpt1 lpt9'.split(' ');
  test.each(devices)('%s, a device of Windows, for whatever has a file', (name) => {
    for (const check of [checkName, checkPackageName, checkEntityName, checkIdentifierName]) {
      expect(check(name)).toBe(
        `"${name}" cannot be used: on Windows it is a device, and no file or folder can have its name; try ${name}-item`,
      );
    }
    expect(checkForm(name)).toBeUndefined();
  });

  test.each([
    ['constructor', 'Nx takes it for two projects of one name'],
    ['scratch', 'Docker keeps the image scratch for itself'],
  ])('%s, for a package', (name, reason) => {
    expect(checkPackageName(name)).toContain(reason);
  });

  test.each(['pg-role', 'pg-setting'])('%s, for a table', (name) => {
    expect(checkEntityName(name)).toContain('PostgreSQL keeps the names that begin with pg_');
  });

  test.each(
    // Inherited by every object, of Nx, of npm, of Git, of the tools' targets, of JSON and of YAML.
    (
      'prototype proto to-string value-of has-own-property length name keys nx npm node vitest vite tsc biome git head ' +
      'main default latest root workspace unit integration lint typecheck dev test all console com com10 lpt con-item ' +
      'null true false undefined nan yes no on off then symbol object array function class index postgres template1 ' +
      'public information-schema http fs src dist packages node-modules tmp'
    ).split(' '),
  )('but not %s, for a package', (name) => {
    expect(checkPackageName(name)).toBeUndefined();
  });
});

describe('an entity', () => {
  test.each(
    'user order customer invoice book account payment item ticket category address product event status file person'.split(
      ' ',
    ),
  )('%s is accepted', (name) => {
    expect(checkEntityName(name)).toBeUndefined();
  });

  test.each(['class', 'delete', 'new', 'await', 'date', 'map', 'promise', 'error', 'symbol', 'thi', 'to-string'])(
    '%s is refused, because it or its plural belongs to JavaScript',
    (name) => {
      expect(checkEntityName(name)).toContain('belongs to JavaScript');
    },
  );

  test('without a plural of its own is refused', () => {
    expect(checkEntityName('sheep')).toContain('has no plural of its own');
    expect(checkEntityName('orders')).toContain('reads as a plural');
  });

  test('that gives identifiers only may be a plural', () => {
    expect(checkIdentifierName('rates')).toBeUndefined();
    expect(checkIdentifierName('import')).toContain('belongs to JavaScript');
  });
});

describe('the spellings', () => {
  test('of a name of two words', () => {
    expect(spell('order-line')).toEqual({
      kebab: 'order-line',
      camel: 'orderLine',
      pascal: 'OrderLine',
      constant: 'ORDER_LINE',
      snake: 'order_line',
    });
  });

  test('of a name with digits', () => {
    expect(spell('order-2')).toMatchObject({ camel: 'order2', pascal: 'Order2' });
  });

  test('are identifiers for every name that is accepted', () => {
    const names = fc
      .stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}$/)
      .filter((each) => !checkEntityName(each));
    fc.assert(
      fc.property(names, (name) => {
        const { camel, pascal, constant, snake } = spell(name);
        expect(camel).toMatch(/^[a-z][a-zA-Z0-9]*$/);
        expect(pascal).toMatch(/^[A-Z][a-zA-Z0-9]*$/);
        expect(constant).toMatch(/^[A-Z][A-Z0-9_]*$/);
        expect(snake).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(spell(pluralOf(name)).camel).not.toBe(camel);
      }),
    );
  });

  test('of a plural bend the last word', () => {
    expect(pluralOf('sales-person')).toBe('sales-people');
    expect(pluralOf('order-category')).toBe('order-categories');
  });
});
