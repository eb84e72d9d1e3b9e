import type { Samples } from './option-values.ts';

/** The samples of the matrix. A list needs one of one item and one of several; none is tried without being said. */
export const samples: Samples = {
  description: ['`${x}` {{y}} </script> "quotes" \'s \\ | * _ # [a](b) 😀'],
  entity: ['order-line'],
  upstream: [['exchange-rates'], ['exchange-rates', 'tax-office']],
  field: [
    ['name:text'],
    [
      ...['code:varchar(20)', 'note:text?', 'done:boolean', 'amount:integer', 'total:bigint', 'price:numeric(12,2)'],
      ...['rate:double precision?', 'day:date', 'due:timestamptz?', 'owner:uuid', 'extra:jsonb?', 'tags:text[]'],
    ],
  ],
  spec: ['test/stubs/documents/tree.json'],
};
