import { expect, test } from 'vitest';
import { occasionOf } from './occasion.ts';

const github = (
  name: string,
  environment: NodeJS.ProcessEnv = {},
  event: unknown = { repository: { default_branch: 'main' } },
) => occasionOf({ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: name, ...environment }, () => event);
const gitlab = (source: string, environment: NodeJS.ProcessEnv = {}) =>
  occasionOf({ CI: 'true', GITLAB_CI: 'true', CI_PIPELINE_SOURCE: source, ...environment }, () => undefined);

test.each([
  ['pull_request', { GITHUB_BASE_REF: 'main', GITHUB_REF: 'refs/pull/7/merge' }, 'refs/remotes/origin/main'],
  ['pull_request', { GITHUB_BASE_REF: 'release/2' }, 'refs/remotes/origin/release/2'],
  ['push', { GITHUB_REF: 'refs/heads/feature' }, 'refs/remotes/origin/main'],
])('on GitHub, %s %j is compared with %s', (name, environment, revision) => {
  expect(github(name, environment).against).toEqual({ revisions: [revision] });
});

test('the merge queue is compared with the branch it merges into, not with the entry before', () => {
  const event = { merge_group: { base_ref: 'refs/heads/main', base_sha: 'a'.repeat(40) } };
  expect(github('merge_group', {}, event)).toMatchObject({
    name: 'the merge queue',
    integration: true,
    against: { revisions: ['refs/remotes/origin/main'] },
  });
});

test('a push runs integration on the default branch only, and there everything', () => {
  expect(github('push', { GITHUB_REF: 'refs/heads/feature' }).integration).toBe(false);
  expect(github('push', { GITHUB_REF: 'refs/heads/main' })).toMatchObject({
    integration: true,
    fresh: false,
    against: { everything: 'what is deployed is tested whole' },
  });
});

test.each([() => github('schedule'), () => github('workflow_dispatch'), () => gitlab('schedule'), () => gitlab('web')])(
  'the nightly run is whole, and takes no answer from the cache',
  (occasion) => {
    expect(occasion()).toMatchObject({
      integration: true,
      fresh: true,
      against: { everything: expect.stringContaining('nightly') },
    });
  },
);

test('on GitLab, a merge request is compared with where it began, also in a fork', () => {
  const environment = { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'b'.repeat(40), CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' };
  expect(gitlab('merge_request_event', environment).against).toEqual({ revisions: ['b'.repeat(40)] });
});

test('on GitLab, a push is compared with the default branch', () => {
  const occasion = gitlab('push', { CI_COMMIT_BRANCH: 'feature', CI_DEFAULT_BRANCH: 'trunk' });
  expect(occasion).toMatchObject({ integration: false, against: { revisions: ['refs/remotes/origin/trunk'] } });
  expect(gitlab('push', { CI_COMMIT_BRANCH: 'trunk', CI_DEFAULT_BRANCH: 'trunk' })).toMatchObject({
    integration: true,
    against: { everything: expect.any(String) },
  });
});

test.each([
  ['an event of GitHub', () => github('release'), 'the event release is not known here'],
  ['a source of GitLab', () => gitlab('api'), 'the pipeline source api is not known here'],
  ['a forge', () => occasionOf({ CI: 'true' }, () => undefined), 'this forge is not known here'],
  [
    'a push without an event file',
    () => github('push', { GITHUB_REF: 'refs/heads/x' }, null),
    'the forge does not say',
  ],
  ['a queue without a branch', () => github('merge_group', {}, {}), 'the forge does not say'],
  ['a merge request without a base', () => gitlab('merge_request_event'), 'the forge does not say'],
])('%s that is not understood runs everything', (_, occasion, reason) => {
  expect(occasion()).toMatchObject({ integration: true, against: { everything: expect.stringContaining(reason) } });
});

test('on a machine that is not a forge, the branch is compared with the default branch', () => {
  expect(occasionOf({}, () => undefined)).toMatchObject({
    name: 'this branch',
    integration: true,
    against: { revisions: ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main'] },
  });
});
