import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mutant } from './mutants/mutant.ts';
import type { Look, Test } from './trial/messages.ts';
import type { Verdict } from './try-mutants.ts';

/** Changes when what is kept would be misunderstood. */
const FORMAT = 1;

/** A verdict as it is kept: tests by their ids. */
type Kept =
  | { readonly outcome: 'caught'; readonly by: readonly string[]; readonly isComplete: boolean }
  | { readonly outcome: 'survived' };

/** The verdicts of earlier runs, by what they follow from. Those that no run asked for any more are forgotten. */
export class KnownVerdicts {
  readonly #file: string;
  readonly #before: Readonly<Record<string, Kept>>;
  readonly #now: Record<string, Kept> = {};

  private constructor(file: string, before: Readonly<Record<string, Kept>>) {
    this.#file = file;
    this.#before = before;
  }

  /** Reads those of a package. What cannot be read is as nothing: it is found out again. */
  static read(root: string, folder: string): KnownVerdicts {
    const file = join(root, 'node_modules/.cache/splitlevel-levels', `${folder.replaceAll('/', '-')}.json`);
    try {
      const { format, verdicts } = JSON.parse(readFileSync(file, 'utf8'));
      return new KnownVerdicts(file, format === FORMAT ? verdicts : {});
    } catch {
      return new KnownVerdicts(file, {});
    }
  }

  /** @param tests of the level, of which a verdict names some */
  get(key: string, tests: ReadonlyMap<string, Test>): Verdict | undefined {
    const kept = this.#before[key];
    if (kept === undefined) {
      return undefined;
    }
    this.#now[key] = kept;
    return kept.outcome === 'caught'
      ? { ...kept, by: kept.by.map((id) => tests.get(id)).filter((test) => test !== undefined) }
      : kept;
  }

  set(key: string, verdict: Verdict): void {
    if (verdict.outcome === 'caught') {
      this.#now[key] = { ...verdict, by: verdict.by.map(({ id }) => id) };
    } else if (verdict.outcome === 'survived') {
      this.#now[key] = verdict;
    }
  }

  /** Keeps them for the next run, with those of before that this one may still ask for. */
  save(isDone: boolean): void {
    const verdicts = isDone ? this.#now : { ...this.#before, ...this.#now };
    const draft = `${this.#file}.${process.pid}.new`;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(draft, JSON.stringify({ format: FORMAT, verdicts }));
    renameSync(draft, this.#file);
  }
}

/** What verdicts of one suite follow from, beside the mutant and the tests. */
export interface Ground {
  readonly look: Look;
  /** The text of a file that tests load, relative to the package; undefined for one that is not there. */
  readonly textOf: (path: string) => string | undefined;
  /** All that every test may depend on without loading it: the lockfile, images, migrations, stubs. */
  readonly shared: readonly string[];
  /** All code of the package, which processes that a test starts may load. */
  readonly code: readonly string[];
}

/** Says what the verdict of a mutant follows from: where all of it is the same, so is the verdict. */
export function keysOn({ look, textOf, shared, code }: Ground): (mutant: Mutant, tests: readonly Test[]) => string {
  const [sharedDigest, codeDigest] = [digestOf(shared), digestOf(code)];
  const starters = new Set(look.starters);
  const ofFile = new Map<string, string>();
  const digestOfFile = (file: string): string => {
    const digest =
      ofFile.get(file) ??
      digestOf([file, ...(look.loads[file] ?? []).toSorted()].flatMap((path) => [path, textOf(path) ?? '']));
    ofFile.set(file, digest);
    return digest;
  };
  return ({ path, start, end, replacement }, tests) =>
    digestOf([
      sharedDigest,
      path,
      textOf(path) ?? '',
      String(start),
      String(end),
      replacement,
      ...tests.map(({ id }) => id),
      ...[...new Set(tests.map(({ file }) => file))].map(digestOfFile),
      ...(tests.some(({ id }) => starters.has(id)) ? [codeDigest] : []),
    ]);
}

function digestOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(String(part.length)).update('\0').update(part);
  }
  return hash.digest('base64url');
}
