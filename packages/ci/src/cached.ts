import { projectGraphOf } from './project-graph.ts';

/**
 * Which of these tasks the cache would answer, by Nx's own hashes. No command of Nx tells that without running the tasks,
 * so this asks the parts that the command is made of; Nx is pinned to one version, and a test compares this with a run.
 */
export async function answeredByCache(ids: ReadonlySet<string>, root: string): Promise<Set<string>> {
  if (ids.size === 0) {
    return new Set();
  }
  const graph = await projectGraphOf(root);
  const [{ createTaskGraph }, { createTaskHasher }, hashing, cache, { readNxJson }] = await Promise.all([
    import('nx/src/tasks-runner/create-task-graph.js'),
    import('nx/src/hasher/create-task-hasher.js'),
    import('nx/src/hasher/hash-task.js'),
    import('nx/src/tasks-runner/cache.js'),
    import('nx/src/config/nx-json.js'),
  ]);
  const names = [...ids].map((id) => id.split(':') as [string, string]);
  const projects = [...new Set(names.map(([project]) => project))];
  const targets = [...new Set(names.map(([, target]) => target))];
  const tasks = createTaskGraph(graph, {}, projects, targets, undefined, { __overrides_unparsed__: [] });
  const nxJson = readNxJson();
  const hasher = createTaskHasher(graph, nxJson, {});
  // What a shared cache answers is noted in Nx's database, which wants to know the task of a hash first.
  await hashing.hashTasksThatDoNotDependOnOutputsOfOtherTasks(hasher, graph, tasks, nxJson, hashing.getTaskDetails());
  const store = cache.getCache({} as Parameters<typeof cache.getCache>[0]);
  if ('init' in store) {
    await store.init();
  }
  const wanted = Object.values(tasks.tasks).filter(({ id, hash }) => ids.has(id) && hash !== undefined);
  const found = await store.getBatch(wanted);
  return new Set(wanted.filter(({ hash }) => found.get(hash as string)?.code === 0).map(({ id }) => id));
}
