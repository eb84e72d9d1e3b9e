import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { upstream } from '../capabilities/upstream.ts';
import { text } from '../engine/answers/options.ts';
import { packageOption } from '../engine/answers/packages.ts';
import { callerFolder } from '../engine/command/caller-folder.ts';
import { defineGenerator } from '../engine/generator.ts';
import type { Workspace } from '../engine/workspace.ts';
import { checkUpstreamName } from '../service/upstream-name.ts';
import { stubModel } from './model.ts';
import { isService, readPackage } from './read-package.ts';

/** A document is given from where the command was given; the record has it from the workspace. */
function fileOf(spec: string, { root }: Workspace): string {
  const given = resolve(callerFolder(), spec);
  const recorded = join(root, spec);
  return !existsSync(given) && existsSync(recorded) ? recorded : given;
}

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
    package: packageOption({ description: 'The service that calls it', fits: isService }),
    spec: text({
      description: 'Its document of OpenAPI 3.0 or 3.1, in JSON or YAML',
      question: 'The file with its OpenAPI document (none: leave empty)',
      placeholder: 'FILE',
      default: '',
      maximumLength: 1000,
    }),
  },
  read: async ({ name, package: target, spec }, workspace) => ({
    target: readPackage(target, name, workspace),
    // What reads documents takes longer to load than the rest of a run.
    spec: spec === '' ? undefined : await (await import('./spec/read-spec.ts')).readSpec(fileOf(spec, workspace)),
  }),
  model: stubModel,
  nextSteps: ({ name, package: target }) => [
    `npx nx integration ${target}   # do the parts work together, for real?`,
    `set ${upstream(name).variables[0].name} where the service runs`,
  ],
});
