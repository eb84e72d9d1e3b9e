/** Variables that Nx, npm, Vitest and CI set for the run that they are part of. */
const OF_THIS_RUN = /^(NX_|npm_|VITEST|TESTKIT_OBSERVATIONS$|CI_|FORCE_COLOR$)/;

/** The environment of the machine, for a process that runs tools of its own: without what was set for this run. */
export function machineEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name)));
}
