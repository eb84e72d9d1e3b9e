import { parse } from 'yaml';
import type { Rule } from '../finding.ts';
import { rootName } from '../owner.ts';
import { problemsOfGitHub } from './ci-github.ts';
import { problemsOfGitLab } from './ci-gitlab.ts';
import type { Yaml } from './ci-jobs.ts';

export const ci: Rule = {
  name: 'ci',
  asks: 'CI runs both suites and this, and fails where they do',
  check: ({ rootTexts, packages }) => {
    const workspace = rootName(packages);
    const workflows = [...rootTexts].filter(([path]) => path.startsWith('.github/'));
    const pipeline = rootTexts.get('.gitlab-ci.yml');
    const found = [
      ...(workflows.length > 0 ? problemsOfGitHub(workflows.map(([path, text]) => [path, read(text)])) : []),
      ...(pipeline === undefined ? [] : problemsOfGitLab(read(pipeline))),
    ];
    const none = {
      what: 'No CI asks for anything: neither .github/workflows/ nor .gitlab-ci.yml is there',
      todo: 'Put the workflow back.',
    };
    return (workflows.length === 0 && pipeline === undefined ? [none] : found).map((problem) => ({
      package: workspace,
      ...problem,
    }));
  },
};

function read(text: string): Yaml {
  try {
    return (parse(text, { merge: true }) ?? {}) as Yaml;
  } catch {
    return {};
  }
}
