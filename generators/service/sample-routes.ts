import type { Route } from '../capabilities/capability.ts';
import type { EntityText } from './entity-text.ts';

/** The routes of the sample, in the order of the README. */
export function sampleRoutes({ entity, entities }: EntityText, hasDatabase: boolean): readonly Route[] {
  const path = `/${entities.kebab}`;
  if (!hasDatabase) {
    return [
      {
        name: `discount${entity.pascal}`,
        from: `./discount-${entity.kebab}.ts`,
        row: `| \`POST ${path}/discount\` | the discounted price of \`price\` and \`discountPercent\` |`,
      },
    ];
  }
  return [
    {
      name: `list${entities.pascal}`,
      from: `./list-${entities.kebab}.ts`,
      row: `| \`GET ${path}\` | the newest, at most 100, each with the last change of its discount; \`?name=\` only what has exactly this name |`,
    },
    {
      name: `create${entity.pascal}`,
      from: `./create-${entity.kebab}.ts`,
      row: `| \`POST ${path}\` | creates, with \`name\`, \`price\`, and if wanted \`discountPercent\` and \`attributes\` (texts by name) |`,
    },
    {
      name: `read${entity.pascal}`,
      from: `./read-${entity.kebab}.ts`,
      row: `| \`GET ${path}/:id\` | reads, with the discounted price |`,
    },
    {
      name: 'changeDiscount',
      from: './change-discount.ts',
      row: `| \`PUT ${path}/:id/discount\` | changes the discount; at most three may have one above 50 % at the same time |`,
    },
    {
      name: 'listDiscountChanges',
      from: './list-discount-changes.ts',
      row: `| \`GET ${path}/:id/discount-changes\` | the latest changes, at most 100; \`?since=\` an instant, or \`?before=\` the number of a change |`,
    },
  ];
}
