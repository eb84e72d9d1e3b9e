import { describe, expect, test } from 'vitest';
import { aRepository } from '../a-repository.ts';
import { findingsIn } from './rules.ts';

const told = (files: Readonly<Record<string, string>>) =>
  findingsIn(aRepository({ rootTexts: new Map([['biome.json', '{}'], ...Object.entries(files)]) })).map(
    ({ what }) => what,
  );

const github = `
on:
  push:
  pull_request:
  schedule: [{ cron: '0 0 * * *' }]
jobs:
  quick:
    steps:
      - name: Test
        run: |
          npm run ci -- quick
          npm run standard
  integration:
    needs: quick
    steps:
      - run: npm run ci -- integration
  verdict:
    needs: [quick, integration]
    if: always()
    steps:
      - run: '[[ $Q == success && $I == success ]]'
        env:
          Q: \${{ needs.quick.result }}
          I: \${{ needs.integration.result }}
`;
const gitlab = `
default:
  before_script: [npm ci]
quick:
  rules:
    - when: on_success
  script:
    - npm run ci -- quick
    - npm run standard
.servers:
  variables: { A: b }
integration:
  extends: .servers
  script: [npm run ci -- integration]
`;

test('workflows that ask for everything', () => {
  expect(told({ '.github/workflows/ci.yml': github })).toEqual([]);
  expect(told({ '.gitlab-ci.yml': gitlab })).toEqual([]);
  const update = 'on: push\njobs:\n  update:\n    steps: [{ run: npm run ci -- update folder }]\n';
  expect(told({ '.github/workflows/ci.yml': github, '.github/workflows/update.yml': update })).toEqual([]);
  expect(told({ '.github/workflows/update.yml': update })).not.toEqual([]);
  const other = 'on: release\njobs:\n  publish:\n    continue-on-error: true\n    steps: [{ run: ./publish }]\n';
  expect(told({ '.github/workflows/ci.yml': github, '.github/workflows/release.yml': other })).toEqual([]);
});

test.each([
  ['pnpm', 'pnpm run ci', 'pnpm --silent run standard', 'pnpm install --frozen-lockfile'],
  ['yarn', 'yarn run ci', 'yarn run standard', 'yarn install --immutable'],
  ['bun', 'bun run ci', 'bun run --silent standard', 'bun install --frozen-lockfile'],
])('workflows that ask for everything by %s, and one that leaves something out', (_, ci, standard, install) => {
  const said = (text: string) =>
    text.replaceAll('npm run ci --', ci).replaceAll('npm run standard', standard).replaceAll('npm ci', install);
  expect(told({ '.github/workflows/ci.yml': said(github) })).toEqual([]);
  expect(told({ '.gitlab-ci.yml': said(gitlab) })).toEqual([]);
  expect(told({ '.gitlab-ci.yml': said(gitlab).replace(`${ci} quick`, `${ci} quick || true`) })).not.toEqual([]);
  expect(told({ '.github/workflows/ci.yml': said(github).replace(`${ci} integration`, 'echo') })).toEqual([
    '.github/workflows: no job runs `npm run ci -- integration` on every push',
  ]);
});

test('no CI at all', () => {
  expect(told({})).toEqual(['No CI asks for anything: neither .github/workflows/ nor .gitlab-ci.yml is there']);
  expect(told({ '.github/workflows/ci.yml': 'on: push\njobs: {}\n' })).toEqual([
    '.github/workflows: no workflow runs `npm run ci`',
  ]);
});

describe('GitHub', () => {
  const PATH = '.github/workflows/ci.yml';
  test.each<[string, string, string]>([
    ['  quick:\n', '  quick:\n    continue-on-error: true\n', `${PATH}: the job quick may fail: continue-on-error`],
    [
      '- name: Test\n',
      '- name: Test\n        continue-on-error: true\n',
      `${PATH}: the job quick, step "Test" may fail: continue-on-error`,
    ],
    ['    needs: quick\n', '    if: false\n', `${PATH}: the job integration never runs: if: false`],
    [
      '    needs: quick\n',
      '    if: ${{ false && always() }}\n',
      `${PATH}: the job integration never runs: if: \${{ false && always() }}`,
    ],
    [
      'npm run ci -- quick\n',
      'npm run ci -- quick || true\n',
      `${PATH}: the job quick, step "Test" passes whatever fails before it: \`npm run ci -- quick || true\``,
    ],
    [
      'npm run ci -- quick\n',
      'set +e\n          npm run ci -- quick\n',
      `${PATH}: the job quick, step "Test" goes on after what fails: \`set +e\``,
    ],
    ['npm run standard', '# npm run standard', '.github/workflows: no job runs `npm run standard` on every push'],
    [
      '- name: Test\n',
      "- name: Test\n        if: github.actor == 'x'\n",
      '.github/workflows: no job runs `npm run ci -- quick` on every push',
    ],
    [
      '- name: Test\n',
      '- name: Test\n        shell: bash {0}\n',
      `${PATH}: the job quick, step "Test" goes on after what fails: shell: bash {0}`,
    ],
    [
      '[quick, integration]',
      '[integration]',
      `${PATH}: verdict does not need the job quick, whose failure counts for nothing`,
    ],
    ['          Q: ${{ needs.quick.result }}\n', '', `${PATH}: verdict does not look at the result of the job quick`],
    [
      '    if: always()\n',
      '',
      `${PATH}: verdict is skipped where another job fails, and a skipped check counts as passed`,
    ],
    ['  verdict:', '  summary:', `${PATH} has no job verdict, the one check to require of a branch`],
    ['  pull_request:\n', '', `${PATH} does not run on pull_request`],
    [
      '  pull_request:\n',
      "  pull_request:\n    paths-ignore: ['**/*.md']\n",
      `${PATH} leaves changes out on pull_request: paths-ignore`,
    ],
    [
      '    needs: quick\n',
      "    if: github.actor == 'x'\n",
      '.github/workflows: no job runs `npm run ci -- integration` on every push',
    ],
    [
      '$I == success ]]',
      '$I == success ]] || true',
      `${PATH}: the job verdict, step 1 passes whatever fails before it: \`[[ $Q == success && $I == success ]] || true\``,
    ],
    ['jobs:\n', 'env: { NX_SKIP_NX_CACHE: true }\njobs:\n', `${PATH} turns the cache off: NX_SKIP_NX_CACHE`],
    [
      'npm run ci -- quick\n',
      'npm run ci -- quick | tee log\n',
      `${PATH}: the job quick, step "Test" passes where what it is piped into passes (without pipefail): \`npm run ci -- quick | tee log\``,
    ],
    [
      'npm run ci -- quick\n',
      'npm run ci -- quick && echo passed\n',
      `${PATH}: the job quick, step "Test" goes on where what stands before && fails: \`npm run ci -- quick && echo passed\``,
    ],
    [
      'npm run ci -- quick\n',
      'npm run ci -- quick || npm run ci -- quick\n',
      `${PATH}: the job quick, step "Test" passes where what stands behind || passes: \`npm run ci -- quick || npm run ci -- quick\``,
    ],
    [
      'npm run ci -- quick\n',
      'npm run ci -- quick --help\n',
      '.github/workflows: no job runs `npm run ci -- quick` on every push',
    ],
    [
      '  pull_request:\n',
      '  pull_request:\n    branches: [release]\n',
      `${PATH} leaves changes out on pull_request: branches`,
    ],
    ['  push:\n', '  push:\n    branches: ["**", "!wip/**"]\n', `${PATH} leaves changes out on push: branches`],
    ['  push:\n', '  push:\n    tags: ["v*"]\n', `${PATH} leaves changes out on push: tags`],
    [
      '  pull_request:\n',
      '  pull_request:\n    types: [labeled]\n',
      `${PATH} leaves changes out on pull_request: types`,
    ],
    [
      "'[[ $Q == success && $I == success ]]'",
      "'echo $Q; [[ $I == success ]]'",
      `${PATH}: verdict does not look at the result of the job quick`,
    ],
  ])('%j becomes %j', (from, to, finding) => {
    expect(github.split(from)).toHaveLength(2);
    expect(told({ [PATH]: github.replace(from, () => to) })).toContain(finding);
  });
});

test('what is the owner’s in a workflow of GitHub', () => {
  const deploy =
    '  deploy:\n    needs: verdict\n    if: github.ref == 1\n    continue-on-error: true\n    steps: [{ run: ./deploy }]\n';
  const named = github.replace('  push:\n', '  push:\n    branches: ["**", "!gh-readonly-queue/**"]\n');
  const piped = github.replace('npm run ci -- quick\n', 'set -o pipefail\n          npm run ci -- quick | tee log\n');
  const shell = github
    .replace('- name: Test\n', '- name: Test\n        shell: bash\n')
    .replace('ci -- quick\n', 'ci -- quick | tee log\n');
  const script = github.replace(
    "run: '[[ $Q == success && $I == success ]]'",
    "uses: actions/github-script@1\n        with: { script: 'if (process.env.Q + process.env.I) process.exit(1)' }",
  );
  for (const each of [github + deploy, named, piped, shell, script]) {
    expect(told({ '.github/workflows/ci.yml': each })).toEqual([]);
  }
});

test('what is the owner’s in the pipeline of GitLab', () => {
  const deploy = 'deploy:\n  when: manual\n  allow_failure: true\n  script: [npm ci, ./deploy]\n';
  const retried = gitlab.replace('quick:\n', 'quick:\n  retry: { max: 2, when: runner_system_failure }\n');
  for (const each of [gitlab + deploy, retried]) {
    expect(told({ '.gitlab-ci.yml': each })).toEqual([]);
  }
});

describe('GitLab', () => {
  const PATH = '.gitlab-ci.yml';
  test.each<[string, string, string]>([
    ['quick:\n', 'quick:\n  allow_failure: true\n', `${PATH}: the job quick may fail: allow_failure`],
    ['quick:\n', 'quick:\n  allow_failure: { exit_codes: 1 }\n', `${PATH}: the job quick may fail: allow_failure`],
    [
      '- when: on_success',
      '- when: on_success\n      allow_failure: true',
      `${PATH}: the job quick may fail: allow_failure`,
    ],
    ['  variables: { A: b }', '  allow_failure: true', `${PATH}: the job integration may fail: allow_failure`],
    ['- when: on_success', '- when: never', `${PATH}: the job quick never runs by itself, or on some refs only`],
    [
      '  extends: .servers',
      '  when: manual',
      `${PATH}: the job integration never runs by itself, or on some refs only`,
    ],
    ['\nintegration:', '\n.integration:', `${PATH}: no job runs \`npm run ci -- integration\` on every push`],
    ['    - npm run standard\n', '', `${PATH}: no job runs \`npm run standard\` on every push`],
    [
      '- npm run ci -- quick',
      '- npm run ci -- quick || echo failed',
      `${PATH}: the job quick passes whatever fails before it: \`npm run ci -- quick || echo failed\``,
    ],
    [
      '- npm run ci -- quick',
      '- exit 0\n    - npm run ci -- quick',
      `${PATH}: the job quick passes without doing anything: \`exit 0\``,
    ],
    ['default:\n', 'workflow:\n  rules:\n    - when: never\ndefault:\n', `${PATH}: workflow runs no pipeline at all`],
    [
      '- when: on_success',
      '- when: on_success\n  only: [tags]',
      `${PATH}: no job runs \`npm run ci -- quick\` on every push`,
    ],
    ['quick:\n', 'quick:\n  retry: 2\n', `${PATH}: the job quick passes where it passes now and then: retry`],
    [
      'quick:\n',
      'quick:\n  retry: { max: 1, when: [script_failure] }\n',
      `${PATH}: the job quick passes where it passes now and then: retry`,
    ],
    ['- when: on_success', '- changes: [src/**]', `${PATH}: the job quick leaves changes out: changes`],
    ['- when: on_success', '- when: on_failure', `${PATH}: the job quick never runs by itself, or on some refs only`],
  ])('%j becomes %j', (from, to, finding) => {
    expect(gitlab.split(from)).toHaveLength(2);
    expect(told({ [PATH]: gitlab.replace(from, () => to) })).toContain(finding);
  });
});
