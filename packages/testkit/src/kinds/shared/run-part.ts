import { originals } from '@splitlevel/guards/originals';
import { TestError } from './test-error.ts';

/** How long migrations, and the seed, may take. */
const PART_TIMEOUT_MS = 90_000;

/** Making a template failed in the package's own part. */
export class TemplateError extends TestError {
  override readonly name = 'TemplateError';
}

export interface Part {
  readonly what: 'migrations' | 'seed';
  readonly packageName: string;
  /** Says what lies behind an error of the server, and what to do. */
  readonly explain: (error: unknown) => Promise<string | undefined>;
}

/**
 * Runs a package's own code on an empty database, as its owner, with an end to the wait for it.
 * @throws {TemplateError} when it fails.
 */
export async function runPart({ what, packageName, explain }: Part, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    const late = () => reject(new Error(`it was not done after ${PART_TIMEOUT_MS / 1000} s`));
    timer = originals.setTimeout(late, PART_TIMEOUT_MS);
  });
  try {
    await Promise.race([work(), tooLong]);
  } catch (cause) {
    const remedy = await explain(cause);
    const verb = what === 'seed' ? 'The seed' : 'The migrations';
    throw new TemplateError(
      `${verb} of ${packageName} failed on an empty database: ${messagesOf(cause)}${remedy ? `\n${remedy}` : ''}`,
      { cause },
    );
  } finally {
    originals.clearTimeout(timer);
  }
}

/** The message of an error, and those of its causes. */
function messagesOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const cause = error.cause === undefined || depth > 3 ? '' : messagesOf(error.cause, depth + 1);
  const { detail } = error as { detail?: string };
  const own = detail ? `${error.message} (${detail})` : error.message;
  return cause === '' || own.includes(cause) ? own : `${own}: ${cause}`;
}
