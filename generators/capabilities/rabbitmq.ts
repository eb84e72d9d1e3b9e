import { broker } from './broker.ts';

export const rabbitmq = broker({
  name: 'rabbitmq',
  title: 'RabbitMQ',
  protocols: ['amqp', 'amqps'],
  paths: ['/main', '/virtual-host'],
  note: (
    service,
  ) => `Messages come by the topic exchange \`events\`, with their type as the routing key. The dead letters are in the queue
\`${service}.dead-letters\`, each with its \`reason\`.`,
  libraries: ['rabbitmq-client'],
});
