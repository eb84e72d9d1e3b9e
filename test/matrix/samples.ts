import type { Samples } from './option-values.ts';

/** Of SQL: a table of this name must be quoted wherever it stands. */
const RESERVED_WORD = 'value';
/** Names of constraints and indexes are made of it, which databases cut. */
const LONGEST_NAME = 'long-named-'.repeat(4).slice(0, 40);

/** The samples of the matrix. A list needs one of one item and one of several; none is tried without being said. */
export const samples: Samples = {
  description: ['`${x}` {{y}} </script> "quotes" \'s \\ | * _ # [a](b) 😀'],
  entity: ['order-line', RESERVED_WORD, LONGEST_NAME, 'none'],
  upstream: [['exchange-rates'], ['exchange-rates', 'tax-office']],
  field: [
    ['name:text'],
    [
      'code:varchar(20)',
      'note:text?',
      'done:boolean',
      'amount:integer',
      'total:bigint',
      'price:numeric(12,2)',
      'rate:double precision?',
      'day:date',
      'due:timestamptz?',
      'owner:uuid',
      'extra:jsonb?',
      'tags:text[]',
    ],
    // What only MariaDB has.
    [
      'code:varchar(20)',
      'note:text?',
      'done:boolean',
      'amount:integer',
      'total:bigint',
      'price:decimal(12,2)',
      'open:boolean?',
      'rate:double?',
      'day:date',
      'due:datetime?',
      'seen:datetime',
      'owner:uuid',
      'extra:json?',
    ],
  ],
  spec: ['test/stubs/documents/tree.json'],
};
