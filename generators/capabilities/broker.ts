import { spell } from '../engine/answers/names.ts';
import { type Capability, unavailable, urlCheck } from './capability.ts';
import { numberVariable, switchVariable, urlVariable } from './variable.ts';

/** The properties of one broker. */
interface Own extends Pick<Capability, 'title' | 'libraries'> {
  readonly name: string;
  /** The protocol of its URLs, and the one with TLS. */
  readonly protocols: readonly [string, string];
  /** The end of its URLs, after the host, in the example and in the README. */
  readonly paths: readonly [string, string];
  /** A paragraph of the README on where messages come from, and where the dead letters go. */
  readonly note: (service: string, handled: string) => string;
}

/** A broker of messages. */
export type BrokerCapability = Capability & Own;

/** The capability of any broker, with the properties of one. */
export function broker(own: Own): BrokerCapability {
  const { name, protocols, paths } = own;
  const [protocol, secure] = protocols;
  return {
    ...own,
    key: spell('broker'),
    need: name,
    needs: '',
    image: name,
    checks: [urlCheck],
    variables: [
      urlVariable(spell('broker'), {
        check: `url('${protocol}:', '${secure}:')`,
        example: `${protocol}://me:secret@broker.example${paths[0]}`,
        meaning: `\`${protocol}://user:password@host:port${paths[1]}\`, or \`${secure}:\``,
      }),
      numberVariable('BROKER_TIMEOUT_MS', [1, 600_000], 2000, {
        comment: 'The longest that the broker may take to take a message, or to let go of one.',
        meaning: 'for the broker to take a message',
        inTests: "'10000'",
        testsBecause: 'A machine that does much else is slow; what fails comes again at once.',
      }),
      numberVariable('BROKER_RETRY_MS', [1, 600_000], 5000, {
        comment: 'After this time a message whose handling failed comes again.',
        meaning: 'until a message that failed comes again',
        inTests: "'100'",
      }),
    ],
    variablesWithDatabase: [
      switchVariable('OUTBOX_RELAY', {
        comment: 'Whether this instance publishes what is in the outbox.',
        meaning: 'off in an instance that leaves publishing to others',
        inTests: "'off'",
        testsBecause:
          'Its statements would be among those that tests count; publishing.ts is for tests of what it does.',
      }),
    ],
    types: [],
    layers: ({ database, hasEntity }) => {
      const handling = `${hasEntity ? 'entity' : 'bare'}-broker`;
      return [
        'broker',
        ...(database === 'none'
          ? [`${handling}-stateless`]
          : ['broker-database', `broker-${database}`, `${handling}-database`]),
        // The other has these tests in its own.
        ...(database === 'mariadb' && hasEntity ? ['entity-broker-mariadb'] : []),
        `broker-${name}`,
      ];
    },
    told: [unavailable],
    parts: () => [{ name: 'broker', type: 'Broker', from: './message.ts', member: 'broker' }],
    imports: ({ database, hasEntity }) => [
      { name: 'createBroker', from: './broker.ts' },
      ...(database === 'none' || hasEntity ? [] : [{ name: 'answerBy', from: './handle-message.ts' }]),
      { name: 'createHandler', from: './handle-message.ts' },
      ...(database === 'none'
        ? []
        : [
            { name: 'publishOutbox', from: './outbox.ts' },
            { name: 'OutboxRelay', from: './outbox-relay.ts' },
          ]),
    ],
  };
}
