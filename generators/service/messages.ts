import type { EntityText } from './entity-text.ts';

/** A message that a service handles or publishes, as its README has it. */
interface MessageRow {
  readonly type: string;
  readonly fate: 'is handled' | 'is published';
  readonly meaning: string;
}

/** The messages of a service with a broker. */
export interface Messages {
  /** In the order of the README. */
  readonly messages: readonly MessageRow[];
  /** The type that it handles. */
  readonly handled: string;
  /** The types that it publishes. */
  readonly published: readonly string[];
  /** The code in src/service.ts that makes what handles them. */
  readonly handler: string;
}

/** @param entity undefined: there is no sample, and a ping stands for what comes. */
export function messagesOf(entity: EntityText | undefined, hasDatabase: boolean): Messages {
  const messages = entity === undefined ? pings(hasDatabase) : hasDatabase ? changes(entity) : discounts();
  const typesOf = (fate: MessageRow['fate']) => messages.filter((each) => each.fate === fate).map(({ type }) => type);
  return {
    messages,
    handled: typesOf('is handled').join(),
    published: typesOf('is published'),
    handler: handlerOf(entity !== undefined, hasDatabase),
  };
}

function pings(hasDatabase: boolean): readonly MessageRow[] {
  return [
    { type: 'ping', fate: 'is handled', meaning: hasDatabase ? 'anything, once for each id of a message' : 'anything' },
    {
      type: 'pong',
      fate: 'is published',
      meaning: hasDatabase ? 'what the ping held' : 'what the ping held; its id is that of the ping and `.pong`',
    },
  ];
}

function changes({ entity }: EntityText): readonly MessageRow[] {
  return [
    {
      type: 'discount-requested',
      fate: 'is handled',
      meaning:
        '`id` and `discountPercent`: changes the discount by the rule of the route, once for each id of a message',
    },
    { type: `${entity.kebab}-created`, fate: 'is published', meaning: `the ${entity.words}` },
    { type: 'discount-changed', fate: 'is published', meaning: '`id`, `fromPercent` and `toPercent`' },
  ];
}

function discounts(): readonly MessageRow[] {
  return [
    { type: 'discount-requested', fate: 'is handled', meaning: '`price` and `discountPercent`' },
    {
      type: 'discounted',
      fate: 'is published',
      meaning: 'the same with `discountedPrice`; its id is that of the request and `.discounted`',
    },
  ];
}

function handlerOf(hasEntity: boolean, hasDatabase: boolean): string {
  if (!hasDatabase) {
    return 'createHandler(broker)';
  }
  return hasEntity ? 'createHandler(parts.repository)' : 'createHandler(answerBy(database))';
}
