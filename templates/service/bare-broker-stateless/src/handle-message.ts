import { type Broker, type Message, RejectedMessageError } from './message.ts';

/**
 * Makes what handles the messages of other services. One that comes twice is answered twice, under the same id, so that who
 * gets the answers can tell.
 */
export function createHandler({ publish }: Pick<Broker, 'publish'>) {
  /** @throws {RejectedMessageError} when no later attempt could handle the message */
  return async ({ id, type, body }: Message): Promise<void> => {
    // TEMPLATE NOTE: a ping stands for the messages that you handle.
    if (type !== 'ping') {
      throw new RejectedMessageError(`the type ${JSON.stringify(type)} is unknown`);
    }
    if (id === '') {
      throw new RejectedMessageError('the message has no id');
    }
    await publish({ id: `${id}.pong`, type: 'pong', body });
  };
}
