import { spell } from '../engine/answers/names.ts';
import type { Import } from '../engine/edit/imports.ts';
import type { EntityText } from '../service/entity-text.ts';
import { type Capability, type Chosen, type Part, toldByMessage, unavailable, urlCheck } from './capability.ts';
import { numberVariable, urlVariable } from './variable.ts';

/** The properties of one database. */
interface Own extends Pick<Capability, 'title' | 'libraries' | 'types'> {
  readonly name: string;
  /** The protocol of its URLs, and the other one that it goes by. */
  readonly protocols: readonly [string, string];
  /** The character round the names of its tables. */
  readonly quote: string;
  /** The class of Kysely by which its statements are written. */
  readonly dialect: string;
  /** The code of an error by which its driver tells that a connection broke. */
  readonly brokenConnection: string;
}

/** A database, on Kysely. */
export type DatabaseCapability = Capability & Own & { readonly migrateLayer: string };

/** The capability of any database, with the properties of one. */
export function database(own: Own): DatabaseCapability {
  const { name, protocols } = own;
  const [protocol] = protocols;
  return {
    ...own,
    key: spell('database'),
    need: name,
    needs: '{ migrate }',
    image: name,
    checks: [urlCheck],
    variables: [
      urlVariable(spell('database'), {
        check: `url(${protocols.map((each) => `'${each}:'`).join(', ')})`,
        example: `${protocol}://me:secret@database.example/main`,
        meaning: `\`${protocol}://user:password@host:port/database\``,
      }),
      numberVariable('DATABASE_POOL_SIZE', [1, 1000], 10, { meaning: 'connections at most' }),
      numberVariable('DATABASE_TIMEOUT_MS', [1, 600_000], 5000, {
        comment: 'The longest wait for a connection, and the longest that a statement or a lock may take.',
        meaning: 'for a connection, a lock, a statement',
      }),
    ],
    migrateLayer: `migrate-${name}`,
    layers: ({ hasEntity }) => [
      `database-${name}`,
      `migrate-${name}`,
      'retry',
      ...(hasEntity ? [`entity-${name}`] : []),
    ],
    parts: (chosen, entity) => [
      { name: 'database', type: 'Database', from: './database.ts', member: 'database' },
      ...(entity === undefined ? [] : partsOf(entity, isCached(chosen))),
    ],
    imports: (chosen, entity) => [
      { name: 'createDatabase', from: './database.ts' },
      ...(entity === undefined ? [] : importsOf(entity, isCached(chosen))),
    ],
    told: [
      toldByMessage('ConflictError', 409),
      unavailable,
      {
        condition: 'isUnavailable(error)',
        problem: "problem(503, 'the database does not answer')",
        imports: [{ name: 'isUnavailable', from: './database-error.ts' }],
      },
    ],
  };
}

/** What routes of the sample work with. */
function partsOf({ entity: { kebab, pascal } }: EntityText, cached: boolean): readonly Part[] {
  return [
    {
      name: 'repository',
      type: `${pascal}Repository`,
      from: `./${kebab}-repository.ts`,
      member: cached
        ? `repository: new Cached${pascal}Repository(database, cache)`
        : `repository: new ${pascal}Repository(database)`,
    },
    {
      name: 'queries',
      type: `${pascal}Queries`,
      from: `./${kebab}-queries.ts`,
      member: `queries: new ${pascal}Queries(database)`,
    },
  ];
}

function importsOf({ entity: { kebab, pascal } }: EntityText, cached: boolean): readonly Import[] {
  return [
    cached
      ? { name: `Cached${pascal}Repository`, from: `./cached-${kebab}-repository.ts` }
      : { name: `${pascal}Repository`, from: `./${kebab}-repository.ts` },
    { name: `${pascal}Queries`, from: `./${kebab}-queries.ts` },
  ];
}

/** A cache is in front of the repository unless there are upstreams. */
function isCached({ cache, hasUpstreams }: Chosen): boolean {
  return cache && !hasUpstreams;
}
