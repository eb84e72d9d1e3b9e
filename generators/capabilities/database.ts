import { spell } from '../engine/answers/names.ts';
import { type Capability, urlCheck } from './capability.ts';
import { numberVariable, urlVariable } from './variable.ts';

/** What only one database has. */
interface Own extends Pick<Capability, 'title' | 'libraries' | 'types'> {
  readonly name: string;
  /** The protocol of its URLs, and the other one that it goes by. */
  readonly protocols: readonly [string, string];
  /** The character round the names of its tables. */
  readonly quote: string;
}

/** A database of one table and its changes, on Kysely. */
export type DatabaseCapability = Capability & Own & { readonly migrateLayer: string };

/** What all databases have, with what is one's own. */
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
  };
}
