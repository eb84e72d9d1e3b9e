import type { ownPack, Workspace } from '@splitlevel/generators/command';

/** A workspace for the generator that makes one: there is none yet, and all that is made comes from the pack. */
export function nowhere({ folder, version, versions }: ReturnType<typeof ownPack>): Workspace {
  return { root: folder, scope: '', version, versions, projects: new Map() };
}
