import { broker } from './broker.ts';

export const rabbitmq = broker({
  name: 'rabbitmq',
  title: 'RabbitMQ',
  protocols: ['amqp', 'amqps'],
  paths: ['/main', '/virtual-host'],
  libraries: ['rabbitmq-client'],
});
