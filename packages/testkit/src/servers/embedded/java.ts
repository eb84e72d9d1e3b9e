import { accessSync, constants, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** A Java of this machine. */
export interface Java {
  readonly command: string;
  /** For example `17.0.15`; absent where the installation does not say without being run. */
  readonly version?: string;
}

/** Looks for Java where the machine says it is: `JAVA_HOME`, then `PATH`. */
export function findJava(environment: NodeJS.ProcessEnv = process.env): Java | undefined {
  for (const folder of folders(environment)) {
    const command = join(folder, 'java');
    try {
      accessSync(command, constants.X_OK);
      const real = realpathSync(command);
      const version = readRelease(dirname(dirname(real)));
      return version === undefined ? { command: real } : { command: real, version };
    } catch {
      // Not here.
    }
  }
  return undefined;
}

/** Says where Java was looked for, and what to do. */
export function missingJava(environment: NodeJS.ProcessEnv = process.env): string {
  const home = environment.JAVA_HOME;
  return `WireMock needs Java, and there is none: JAVA_HOME is ${home === undefined || home === '' ? 'not set' : `${home}, which has no bin/java`}, and no folder of PATH has a java. Install Java 11 or later, or start a container engine.`;
}

function folders(environment: NodeJS.ProcessEnv): string[] {
  const home = environment.JAVA_HOME;
  const path = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return home === undefined || home === '' ? path : [join(home, 'bin'), ...path];
}

/** Every JDK since 8 has a file `release` with its version, see https://openjdk.org/jeps/8304407. */
function readRelease(home: string): string | undefined {
  try {
    return /^JAVA_VERSION="([^"]+)"/m.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
