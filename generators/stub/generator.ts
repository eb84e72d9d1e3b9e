import { defineGenerator } from '../engine/generator.ts';
import { spell } from '../engine/names.ts';
import { text } from '../engine/options.ts';
import { checkKnownPackage } from '../engine/packages.ts';
import { checkUpstreamName } from '../service/upstream-name.ts';
import { stubModel } from './model.ts';
import { readPackage } from './read-package.ts';

export const generator = defineGenerator({
  name: 'stub',
  description: 'An upstream for a service that exists: its client, and stubs of it for the tests',
  options: {
    name: text({
      description: 'Name of the upstream',
      placeholder: 'NAME',
      positional: true,
      identifier: true,
      validate: checkUpstreamName,
    }),
    package: text({
      description: 'The service that calls it',
      placeholder: 'NAME',
      validate: checkKnownPackage,
    }),
  },
  read: ({ name, package: target }, workspace) => readPackage(target, name, workspace),
  model: stubModel,
  nextSteps: ({ name, package: target }) => [
    `npx nx integration ${target}   # do the parts work together, for real?`,
    `set ${spell(name).constant}_URL where the service runs, and enter it in its README`,
  ],
});
