import type { Rule } from '../finding.ts';
import type { Package } from '../repository.ts';

const CONFIGURATION =
  /^((vite|vitest|jest|eslint|prettier|babel)\.config\.\w+|\.?(eslintrc|prettierrc|mocharc)(\.\w+)?|biome\.jsonc?|vitest\.workspace\.\w+)$/;

export const config: Rule = {
  name: 'config',
  asks: 'packages have no configuration of their own',
  check: ({ packages }) =>
    packages
      .filter(({ folder }) => folder !== '.')
      .flatMap((each) => [...files(each), ...types(each)].map((finding) => ({ package: each.name, ...finding }))),
};

function files({ folder, files: paths }: Package) {
  return paths
    .filter((path) => CONFIGURATION.test(path))
    .map((path) => ({
      what: `${folder}/${path} configures what the workspace configures for all`,
      todo: 'Remove it; what all packages need belongs in the root.',
    }));
}

function types({ folder, texts }: Package) {
  const text = texts.get('tsconfig.json');
  const extendsRoot = text !== undefined && /"extends"\s*:\s*"\.\.\/\.\.\/tsconfig\.json"/.test(text);
  return extendsRoot
    ? []
    : [
        {
          what:
            text === undefined
              ? `${folder} has no tsconfig.json`
              : `${folder}/tsconfig.json does not extend ../../tsconfig.json, which has the strict options`,
          todo: 'Write { "extends": "../../tsconfig.json", "include": ["src", "integration"] }.',
        },
      ];
}
