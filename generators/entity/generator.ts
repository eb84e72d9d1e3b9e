import { checkEntityName } from '../engine/answers/names.ts';
import { list, text } from '../engine/answers/options.ts';
import { packageOption } from '../engine/answers/packages.ts';
import { defineGenerator } from '../engine/generator.ts';
import { checkField } from './field.ts';
import { databasesOf, hasDatabase } from './find-database.ts';
import { entityModel } from './model.ts';
import { readService } from './read-package.ts';

/** A request with all of them must fit into the service's bound of a body. */
const MOST_FIELDS = 50;

export const generator = defineGenerator({
  name: 'entity',
  description: 'A table for a service with a database: migration, domain type, repository, routes and tests',
  options: {
    name: text({
      description: 'What a row of the table is, in the singular',
      placeholder: 'NAME',
      positional: true,
      identifier: true,
      validate: checkEntityName,
    }),
    package: packageOption({ description: 'The service that keeps it', fits: hasDatabase }),
    field: list({
      description: 'A field, as in unit-price:numeric(12,2), or note:text? where it may be null',
      question: 'Its fields, as in name:text, unit-price:numeric(12,2), note:text?',
      placeholder: 'NAME:TYPE',
      default: ['name:text'],
      validate: (field, { answers, workspace }, earlier) =>
        earlier.length < MOST_FIELDS
          ? checkField(field, databasesOf(answers.package, workspace), earlier)
          : `at most ${MOST_FIELDS} can be given; a table with more is better cut in two`,
    }),
  },
  read: ({ name, package: target }, workspace) => readService(target, name, workspace),
  model: entityModel,
  nextSteps: ({ package: target }) => [
    `npx nx unit ${target}          # is the logic right?`,
    `npx nx integration ${target}   # do the parts work together, for real?`,
  ],
});
