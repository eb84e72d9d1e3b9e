import { text } from '../engine/answers/options.ts';
import { checkNewPackage, packageOption, wasGenerated } from '../engine/answers/packages.ts';
import { followingOptions } from '../engine/follow/options.ts';

/** The option schema of the rename generator. */
export const options = {
  package: packageOption({ description: 'The package to rename', fits: wasGenerated }),
  to: text({
    description: 'Its new name',
    placeholder: 'NAME',
    validate: (name, context) =>
      context.workspace.projects.has(name)
        ? `there is a package ${JSON.stringify(name)} already`
        : checkNewPackage(name, context),
  }),
  ...followingOptions,
};
