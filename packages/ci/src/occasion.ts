/** Why tests run, and what they are compared with. */
export interface Occasion {
  /** For people: "a pull request". */
  readonly name: string;
  /** Whether integration suites run besides lint, types and unit tests. */
  readonly integration: boolean;
  /** Whether answers of the cache are refused. */
  readonly fresh: boolean;
  /** The revisions to compare a change with, the most exact first; or why everything runs. */
  readonly against: { readonly revisions: readonly string[] } | { readonly everything: string };
}

/** The event in the file of `GITHUB_EVENT_PATH`, as far as it is read here. */
interface GithubEvent {
  readonly repository?: { readonly default_branch?: string };
  readonly merge_group?: { readonly base_ref?: string };
}

const nightly: Occasion = {
  name: 'the nightly run',
  integration: true,
  fresh: true,
  against: { everything: 'a nightly run also covers what no file shows, such as the image of the machine' },
};
const beforeDeploy: Occasion = {
  name: 'the default branch',
  integration: true,
  fresh: false,
  against: { everything: 'what is deployed is tested whole' },
};

/**
 * The occasion of this run, as the forge gives it. A change is always compared with the branch that it goes to, never
 * with the push before: that one's run may have failed, or was cancelled, and what it left untested would be forgotten.
 *
 * @param readEvent reads the file that GitHub names in `GITHUB_EVENT_PATH`
 */
export function occasionOf(environment: NodeJS.ProcessEnv, readEvent: (path: string) => unknown): Occasion {
  if (environment.GITHUB_ACTIONS) {
    return onGithub(environment, readEvent);
  }
  if (environment.GITLAB_CI) {
    return onGitlab(environment);
  }
  if (environment.CI) {
    return unknown('this forge is not known here');
  }
  return {
    name: 'this branch',
    integration: true,
    fresh: false,
    against: { revisions: ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main'] },
  };
}

function onGithub(environment: NodeJS.ProcessEnv, readEvent: (path: string) => unknown): Occasion {
  const event = (readEvent(environment.GITHUB_EVENT_PATH ?? '') ?? {}) as GithubEvent;
  const branch = withoutPrefix(environment.GITHUB_REF);
  switch (environment.GITHUB_EVENT_NAME) {
    case 'schedule':
    case 'workflow_dispatch':
      return nightly;
    case 'pull_request':
      return proposal('a pull request', remote(environment.GITHUB_BASE_REF));
    case 'merge_group':
      // Not merge_group.base_sha: it is the entry before in the queue, which may be merged though its own tests failed.
      return proposal('the merge queue', remote(withoutPrefix(event.merge_group?.base_ref)));
    case 'push':
      return push(branch, event.repository?.default_branch);
    default:
      return unknown(`the event ${environment.GITHUB_EVENT_NAME} is not known here`);
  }
}

function onGitlab(environment: NodeJS.ProcessEnv): Occasion {
  switch (environment.CI_PIPELINE_SOURCE) {
    case 'schedule':
    case 'web':
      return nightly;
    case 'merge_request_event':
      // Not origin's branch: in the pipeline of a fork, that is the fork's own, which may have the change already.
      return proposal('a merge request', environment.CI_MERGE_REQUEST_DIFF_BASE_SHA);
    case 'push':
      return push(environment.CI_COMMIT_BRANCH, environment.CI_DEFAULT_BRANCH);
    default:
      return unknown(`the pipeline source ${environment.CI_PIPELINE_SOURCE} is not known here`);
  }
}

function proposal(name: string, revision: string | undefined): Occasion {
  if (revision === undefined) {
    return { ...unknown('the forge does not say which branch the change goes to'), name };
  }
  return { name, integration: true, fresh: false, against: { revisions: [revision] } };
}

function push(branch: string | undefined, defaultBranch: string | undefined): Occasion {
  if (!branch || !defaultBranch) {
    return unknown('the forge does not say which branch this is, and which the default one');
  }
  if (branch === defaultBranch) {
    return beforeDeploy;
  }
  return {
    name: 'a push',
    integration: false,
    fresh: false,
    against: { revisions: [remote(defaultBranch) as string] },
  };
}

function unknown(everything: string): Occasion {
  return { name: 'an unknown occasion', integration: true, fresh: false, against: { everything } };
}

function remote(branch: string | undefined): string | undefined {
  return branch ? `refs/remotes/origin/${branch}` : undefined;
}

function withoutPrefix(ref: string | undefined): string | undefined {
  return ref?.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined;
}
