import { relative, sep } from 'node:path';

/**
 * The folder in which a person gave the command, from which the paths that they typed are taken. npx and npm scripts
 * start a command in the folder of the package, and name the other in INIT_CWD.
 * @param started where the process was started.
 * @param given INIT_CWD; one that is not below `started` was set for another command.
 */
export function callerFolder(started = process.cwd(), given = process.env.INIT_CWD): string {
  if (given === undefined) {
    return started;
  }
  const below = relative(started, given);
  return below === '..' || below.startsWith(`..${sep}`) || below.startsWith(sep) ? started : given;
}
