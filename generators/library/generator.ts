import { flag } from '../engine/answers/options.ts';
import { newPackageOptions } from '../engine/answers/packages.ts';
import { defineGenerator } from '../engine/generator.ts';
import { libraryModel } from './model.ts';

export const generator = defineGenerator({
  name: 'library',
  description: 'A package of pure logic for other packages, with a unit suite',
  options: {
    ...newPackageOptions('library', 'What the library is for'),
    integration: flag({
      description: 'Whether it has an integration suite too, with a database to test against',
      default: false,
    }),
  },
  model: libraryModel,
  nextSteps: ({ name, integration }, { scope, packageManager }) => [
    `npx nx unit ${name}   # is the logic right?`,
    ...(integration ? [`npx nx integration ${name}   # does it hold on a real server?`] : []),
    `add "${scope}/${name}": "${packageManager?.workspaceVersion ?? '*'}" to the dependencies of a package that uses it`,
  ],
});
