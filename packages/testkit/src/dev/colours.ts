/**
 * Whether a command of Nx writes colours: into a terminal, or where the user forces it, and never against NO_COLOR. Nx sets
 * FORCE_COLOR to `true` for every task, which says nothing; users set a number.
 * See https://no-color.org and https://force-color.org
 */
export function wantsColours({ NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  return !NO_COLOR && FORCE_COLOR !== '0' && (isTerminal || /^[1-3]$/.test(FORCE_COLOR ?? ''));
}

/** The environment of a process that is to write the same. Node warns where both variables are set. */
export function withColours(environment: NodeJS.ProcessEnv, colours: boolean): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: forced, ...others } = environment;
  return colours ? { ...others, FORCE_COLOR: forced ?? '1' } : { ...others, NO_COLOR: '1' };
}
