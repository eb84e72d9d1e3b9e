import { defineGenerator } from '../engine/generator.ts';
import { flag, text } from '../engine/options.ts';
import { checkNewPackage } from '../engine/packages.ts';
import { libraryModel } from './model.ts';

export const generator = defineGenerator({
  name: 'library',
  description: 'A package of pure logic for other packages, with a unit suite',
  options: {
    name: text({
      description: 'Name of the package',
      placeholder: 'NAME',
      positional: true,
      validate: checkNewPackage,
    }),
    description: text({
      description: 'What the library is for, in one line',
      default: ({ answers: { name } }) => `The ${name} library.`,
      validate: (line) => (line.trim() === '' ? 'must say something' : undefined),
    }),
    integration: flag({
      description: 'Whether it has an integration suite too, with a database to test against',
      default: false,
    }),
  },
  model: libraryModel,
  nextSteps: ({ name, integration }, { scope }) => [
    `npx nx unit ${name}   # is the logic right?`,
    ...(integration ? [`npx nx integration ${name}   # does it hold on a real server?`] : []),
    `add "${scope}/${name}": "*" to the dependencies of a package that uses it`,
  ],
});
