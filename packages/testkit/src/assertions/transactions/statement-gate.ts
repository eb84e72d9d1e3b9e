import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { startupOptions } from '../../kinds/postgres/connection.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { targetOf } from '../../kinds/shared/faults/fault-proxy.ts';
import { joinThroughGate, type StepListener } from './gate-connection.ts';
import { hasNoEffect, type Step } from './step.ts';

export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable';

/** The way of one piece of code to the database, on which each of its statements can be held. */
export class Gate implements StepListener {
  readonly #onChange: () => void;
  #isOpen = true;
  /** Statements that have arrived and wait to be let go. */
  readonly held: Step[] = [];
  /** Statements that the server has not answered. */
  readonly flying = new Set<Step>();

  /** Is told of each statement that is let go while the gate is closed. */
  onRelease: (step: Step) => void = () => {};

  /** @param onChange called when a statement arrives or is answered. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  onArrival(step: Step): void {
    if (!this.#isOpen && !hasNoEffect(step)) {
      this.held.push(step);
    } else {
      this.#release(step);
    }
    this.#onChange();
  }

  onDone(step: Step): void {
    this.flying.delete(step);
    const index = this.held.indexOf(step);
    if (index >= 0) {
      this.held.splice(index, 1);
    }
    this.#onChange();
  }

  /** From now on statements are held. */
  close(): void {
    this.#isOpen = false;
  }

  /** From now on statements go as they come. */
  open(): void {
    this.#isOpen = true;
    while (this.held.length > 0) {
      this.releaseNext();
    }
    this.onRelease = () => {};
  }

  releaseNext(): void {
    const step = this.held.shift();
    if (step) {
      this.#release(step);
    }
  }

  #release(step: Step): void {
    this.flying.add(step);
    this.onRelease(step);
    step.release();
  }
}

/**
 * Opens a port on the loopback before the database. It stays as long as the process lives, without keeping that alive:
 * pools that were opened through it end when they like.
 * @returns the URL that code connects to through the gate.
 */
export async function listen(
  gate: Gate,
  database: PostgresDatabase,
  isolation: IsolationLevel | undefined,
): Promise<string> {
  const url = new URL(database.url);
  const target = {
    ...targetOf(url, 5432),
    settings: isolation === undefined ? '' : startupOptions({ default_transaction_isolation: isolation }),
  };
  const server = createServer((socket) => joinThroughGate(socket, target, gate));
  server.unref();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return url.href;
}
