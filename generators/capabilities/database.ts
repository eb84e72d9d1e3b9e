import { spell } from '../engine/answers/names.ts';
import { type Capability, type Chosen, toldByMessage, unavailable, urlCheck } from './capability.ts';
import { numberVariable, urlVariable } from './variable.ts';

/** The properties of one database. */
interface Own extends Pick<Capability, 'title' | 'libraries' | 'types'> {
  readonly name: string;
  /** The protocol of its URLs, and the other one that it goes by. */
  readonly protocols: readonly [string, string];
  /** The character round the names of its tables. */
  readonly quote: string;
  /** The code of an error by which its driver tells that a connection broke. */
  readonly brokenConnection: string;
}

/** A database of one table and its changes, on Kysely. */
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
    layers: () => [`database-${name}`, `migrate-${name}`, 'retry'],
    parts: (chosen, { entity: { kebab, pascal } }) => [
      { name: 'database', type: 'Database', from: './database.ts', member: 'database' },
      {
        name: 'repository',
        type: `${pascal}Repository`,
        from: `./${kebab}-repository.ts`,
        member: isCached(chosen)
          ? `repository: new Cached${pascal}Repository(database, cache)`
          : `repository: new ${pascal}Repository(database)`,
      },
      {
        name: 'queries',
        type: `${pascal}Queries`,
        from: `./${kebab}-queries.ts`,
        member: `queries: new ${pascal}Queries(database)`,
      },
    ],
    imports: (chosen, { entity: { kebab, pascal } }) => [
      { name: 'createDatabase', from: './database.ts' },
      isCached(chosen)
        ? { name: `Cached${pascal}Repository`, from: `./cached-${kebab}-repository.ts` }
        : { name: `${pascal}Repository`, from: `./${kebab}-repository.ts` },
      { name: `${pascal}Queries`, from: `./${kebab}-queries.ts` },
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

/** A cache is in front of the repository unless there are upstreams. */
function isCached({ cache, hasUpstreams }: Chosen): boolean {
  return cache && !hasUpstreams;
}
