import { brokerNames, cacheNames, databaseNames } from '../capabilities/capabilities.ts';
import type { Context } from '../engine/answers/options.ts';
import { flag, text } from '../engine/answers/options.ts';
import { packageOption } from '../engine/answers/packages.ts';
import { followingOptions } from '../engine/follow/options.ts';

const KINDS: readonly string[] = [...databaseNames, ...cacheNames, ...brokerNames];

/** The option schema of the remove generator. Without a part, the package itself goes. */
export const options = {
  package: packageOption({ description: 'The package to remove, or from which something is removed' }),
  entity: part('entity', 'NAME', 'The entity to remove: its table in code, its routes and its tests'),
  stub: part('stub', 'NAME', 'The upstream to remove: its client and its stubs'),
  fixture: {
    ...part('fixture', 'KIND', 'The server to remove: what the service and its tests do with it'),
    validate: (kind: string, context: Context) =>
      kind === '' || KINDS.includes(kind) ? onlyOne('fixture', kind, context) : `must be one of ${KINDS.join(', ')}`,
  },
  dropTable: flag({
    description: 'Write a migration that drops the table of the entity: migrations that ran are never changed',
    question: 'Write a migration that drops the table of the entity?',
    default: false,
  }),
  ...followingOptions,
};

function part(name: string, placeholder: string, description: string) {
  return text({
    description,
    question: `${description} (none: leave empty)`,
    placeholder,
    default: '',
    validate: (value, context) => onlyOne(name, value, context),
  });
}

/** One thing at a time, so that what goes is plain. */
function onlyOne(name: string, value: string, { answers }: Context): string | undefined {
  const other = ['entity', 'stub', 'fixture'].find(
    (each) => each !== name && answers[each] !== undefined && answers[each] !== '',
  );
  return value === '' || other === undefined
    ? undefined
    : `cannot be given with --${other}: remove one thing at a time`;
}
