import { findJava } from './embedded/java.ts';
import { chooseRuntime, isChosen } from './runtime.ts';
import { recordRuntime } from './runtime-record.ts';
import { openWorkspace } from './workspace.ts';

/**
 * Prints what Nx hashes for the integration suite besides files: where the servers of a run that starts now would come
 * from. Servers that are given by a URL can be anything, so a run on them is never the same as another.
 */
async function identify(environment: NodeJS.ProcessEnv): Promise<string> {
  const given = Object.keys(environment).some((name) => /^TESTKIT_[A-Z]+_URL$/.test(name) && environment[name] !== '');
  if (given) {
    return `given, at ${Date.now()}, ${crypto.randomUUID()}`;
  }
  try {
    const { runtime } = await chooseRuntime(environment);
    if (!isChosen(environment)) {
      recordRuntime(openWorkspace(undefined, environment).cache, runtime);
    }
    if (runtime === 'containers') {
      return runtime;
    }
    return `${runtime}, ${process.platform}-${process.arch}, java ${findJava(environment)?.version ?? 'none'}`;
  } catch (error) {
    return `${(error as Error).message} ${crypto.randomUUID()}`;
  }
}

console.log(await identify(process.env));
