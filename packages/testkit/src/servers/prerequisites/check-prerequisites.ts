import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { RuntimeChoice } from '../runtime.ts';
import type { ServerKind } from '../server-kind.ts';
import { findUnavailable } from './unavailable.ts';
import { usedNeeds } from './used-needs.ts';

/** As many files are named. */
const NAMED = 5;

/**
 * Refuses a run whose test files need a server that cannot be had. Starts none.
 * @param files the test files that were selected.
 * @param kinds by kind of need, as it is declared, the kind of its server.
 * @throws {Error} that says what each such server is missing, and which files need it; once for the run.
 */
export async function checkPrerequisites(
  files: readonly string[],
  run: RuntimeChoice,
  kinds: ReadonlyMap<string, ServerKind>,
): Promise<void> {
  const unavailable = await findUnavailable([...kinds.values()], run);
  if (unavailable.size === 0) {
    return;
  }
  const needed = new Map<ServerKind, string[]>();
  for (const file of files) {
    for (const need of usedNeeds(file, [...kinds.keys()], readIfThere)) {
      const kind = kinds.get(need);
      if (kind && unavailable.has(kind)) {
        needed.set(kind, [...(needed.get(kind) ?? []), file]);
      }
    }
  }
  if (needed.size === 0) {
    return;
  }
  const problems = [...needed].map(([kind, by]) => {
    const named = by.slice(0, NAMED).map((file) => relative(process.cwd(), file));
    const more = by.length > NAMED ? ` and ${by.length - NAMED} more` : '';
    return `${unavailable.get(kind)}\n${kind.title} is needed by ${named.join(', ')}${more}.`;
  });
  throw new MissingPrerequisite(problems.join('\n\n'));
}

/** Vitest prints its stack, which leads nowhere. */
class MissingPrerequisite extends Error {
  override readonly name = 'MissingPrerequisite';

  constructor(problems: string) {
    super(`No test was run, since a server that the tests need cannot be had.\n\n${problems}`);
    this.stack = `${this.name}: ${this.message}`;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
