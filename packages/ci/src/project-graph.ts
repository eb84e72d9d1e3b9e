import type { ProjectGraph } from 'nx/src/config/project-graph.js';
import { nxEnvironment } from './nx-environment.ts';

const graphs = new Map<string, Promise<ProjectGraph>>();

/** The projects of a workspace, as Nx sees them, read once a process. Changes to its folder, which Nx asks for. */
export function projectGraphOf(root: string): Promise<ProjectGraph> {
  const graph = graphs.get(root) ?? readProjectGraph(root);
  graphs.set(root, graph);
  return graph;
}

async function readProjectGraph(root: string): Promise<ProjectGraph> {
  process.chdir(root);
  Object.assign(process.env, nxEnvironment);
  const { createProjectGraphAsync } = await import('nx/src/project-graph/project-graph.js');
  return await createProjectGraphAsync({ exitOnError: false });
}

/** The folder of each project, by its name in Nx; '' for the workspace itself. */
export async function projectFolders(root: string): Promise<ReadonlyMap<string, string>> {
  const { nodes } = await projectGraphOf(root);
  return new Map(Object.entries(nodes).map(([name, { data }]) => [name, data.root === '.' ? '' : data.root]));
}
