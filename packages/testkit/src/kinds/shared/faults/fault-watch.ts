import { TestError } from '../test-error.ts';
import type { FaultProxy } from './fault-proxy.ts';

/** A test that put a fault into effect which the code under test never met, so that it proves nothing about it. */
export class UnmetFaultError extends TestError {
  override readonly name = 'UnmetFaultError';

  /**
   * @param server what was to fail, as a message names it
   * @param faults their names
   */
  constructor(server: string, faults: readonly string[]) {
    const nothing = (fault: string) => (fault === 'reset' ? 'no connection was open that it could have cut' : NO_CALL);
    super(faults.map((fault) => reportUnmet(server, fault, nothing(fault))).join('\n'));
  }
}

const NO_CALL = 'the code under test sent nothing while it was in effect';

/**
 * Says of a fault that it was not met, and what to do.
 * @param nothing what did not happen
 */
export function reportUnmet(server: string, fault: string, nothing = NO_CALL): string {
  return (
    `Nothing is proved by fault('${fault}') of ${server}, which was never met: ${nothing}.\n` +
    "Put it into effect before the code calls, and give the code the fixture's url; or leave the fault out."
  );
}

/** The faults of one test behind a proxy, and whether the code under test met them. */
export class FaultWatch {
  readonly #proxy: FaultProxy;
  readonly #before: number;
  readonly #faults: { readonly name: string; isMet(): boolean }[] = [];

  constructor(proxy: FaultProxy) {
    this.#proxy = proxy;
    this.#before = proxy.contacts;
  }

  /**
   * Watches a fault that begins now.
   * @returns what to call when it ends.
   */
  begin(name: string): () => void {
    const before = this.#proxy.contacts;
    let atEnd: number | undefined;
    // What a test saw before or after it may be the point of 'down': the code does without the server.
    const first = name === 'down' ? this.#before : before;
    const isMet = () => ((name === 'down' ? undefined : atEnd) ?? this.#proxy.contacts) > first;
    this.#faults.push({ name, isMet });
    return () => {
      atEnd ??= this.#proxy.contacts;
    };
  }

  /** The names of faults none of which was met; of several with one name it is enough that one was. */
  unmet(): string[] {
    const met = new Set(this.#faults.filter((fault) => fault.isMet()).map(({ name }) => name));
    return [...new Set(this.#faults.map(({ name }) => name))].filter((name) => !met.has(name));
  }
}
