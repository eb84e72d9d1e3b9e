/** What options of free text are given beside their defaults, by the option's name; a list is given none, one and two. */
export const samples: Readonly<Record<string, readonly string[]>> = {
  description: ['`${x}` {{y}} </script> "quotes" \'s \\ | * _ # [a](b) 😀'],
  entity: ['order-line'],
  upstream: ['exchange-rates', 'tax-office'],
  spec: ['test/stubs/documents/tree.json'],
};
