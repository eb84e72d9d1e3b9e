import { HashPlanInspector } from 'nx/src/hasher/hash-plan-inspector.js';
import { createProjectGraphAsync } from 'nx/src/project-graph/project-graph.js';
import type { NxTasks, Task } from '../repository.ts';
import { ANSWER } from './ask.ts';

// Prints the tasks of the workspace as Nx resolves them. `nx show` tells the same, in a process for each of them.
const graph = await createProjectGraphAsync({ exitOnError: false });
const inspector = new HashPlanInspector(graph, process.cwd());
await inspector.init();

const tasks = Object.values(graph.nodes).flatMap(({ name, data }) =>
  Object.entries(data.targets ?? {}).map(([target, resolved]): readonly [string, Task] => {
    const { executor = '', options = {}, cache = false, outputs = [], dependsOn = [] } = resolved;
    // A cached task's inputs matter; a task that is not cached has its own finding.
    const inputs = cache
      ? inspector.inspectTaskInputs({ project: name, target }, {}, {}, true)[`${name}:${target}`]
      : undefined;
    const { files = [], external = [], runtime = [] } = inputs ?? {};
    return [`${name}:${target}`, { executor, options, cache, outputs, dependsOn, files, external, runtime }];
  }),
);
const edges = Object.entries(graph.dependencies).map(
  ([project, found]) => [project, found.map(({ target }) => target).filter((each) => each in graph.nodes)] as const,
);
const answer: NxTasks = { tasks: Object.fromEntries(tasks), edges: Object.fromEntries(edges) };
process.stdout.write(`${ANSWER}${JSON.stringify(answer)}`, () => process.exit(0));
