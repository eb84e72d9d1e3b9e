import { defineGenerator } from '../engine/generator.ts';
import { serviceModel } from './model.ts';
import { options } from './options.ts';

export const generator = defineGenerator({
  name: 'service',
  description: 'A service on Fastify with a domain rule, its database and upstreams, and both test suites',
  options,
  model: serviceModel,
  nextSteps: ({ name }) => [
    `npx nx dev ${name}           # serve it`,
    `npx nx unit ${name}          # is the logic right?`,
    `npx nx integration ${name}   # do the parts work together, for real?`,
  ],
});
