// Applies the migrations of a package to the databases that the environment names, in a process of its own: modules that were
// imported before they changed would stay as they were.
import { readNeeds, variableOf } from './servers.ts';

/** The messages of an error and its causes. */
function tell(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause === undefined ? error.message : `${error.message}: ${tell(error.cause)}`;
}

try {
  for (const [key, need] of Object.entries(await readNeeds(process.argv[2] as string))) {
    const url = process.env[variableOf(key, need)];
    if ('migrate' in need && url !== undefined) {
      await need.migrate(url);
    }
  }
} catch (error) {
  console.error(tell(error));
  process.exit(1);
}
