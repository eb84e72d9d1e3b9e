import { AuthorizationError } from '@nats-io/transport-node';
import { sleep } from '@splitlevel/guards/originals';
import { Account } from './account.ts';
import { Leases } from './leases.ts';

/** How long to wait for an account when all are in use. */
const PATIENCE_MS = 10_000;
const STEP_MS = 100;

/** The accounts of this process: each is used by one test at a time. */
export class Accounts {
  readonly #url: string;
  readonly #leases: Leases;
  readonly #clean: Account[] = [];

  private constructor(url: string, leases: Leases) {
    this.#url = url;
    this.#leases = leases;
  }

  static async open(url: string): Promise<Accounts> {
    return new Accounts(url, await Leases.open(url));
  }

  /** Whether they are this process's still. */
  get areHeld(): boolean {
    return this.#leases.areHeld;
  }

  /** An empty account: one that was given back, or one more. */
  async take(): Promise<Account> {
    return this.#clean.pop() ?? this.takeNew();
  }

  /** @throws {Error} when all are in use for ten seconds. */
  async takeNew(): Promise<Account> {
    for (let waited = 0; ; waited += STEP_MS) {
      const { account, count } = await this.#tryAll();
      if (account) {
        return account;
      }
      if (waited >= PATIENCE_MS) {
        throw new Error(
          `All ${count} accounts of the NATS server are in use. Run fewer workers (--maxWorkers=2), or give a server with more accounts in TESTKIT_NATS_URL.`,
        );
      }
      await sleep(STEP_MS);
    }
  }

  /** Gives back an account that is empty again. */
  give(account: Account): void {
    this.#clean.push(account);
  }

  /** Gives up an account for other processes to take. One that is not empty is emptied by whoever takes it. */
  async release(account: Account): Promise<void> {
    await account.close();
    await this.#leases.giveBack(account.number);
  }

  /** Gives up all that are not in use by a test. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#clean.splice(0).map((account) => this.release(account)));
    await this.#leases.close();
  }

  async #tryAll(): Promise<{ account?: Account; count: number }> {
    for (let number = 1; ; number++) {
      if (!(await this.#leases.take(number))) {
        continue;
      }
      try {
        const account = await this.#prepare(number);
        if (account) {
          return { account, count: number };
        }
      } catch (error) {
        await this.#leases.giveBack(number);
        if (error instanceof AuthorizationError && number > 1) {
          return { count: number - 1 };
        }
        throw error;
      }
    }
  }

  /** Resolves with nothing when someone is connected whom the last worker left behind: the account is left to them. */
  async #prepare(number: number): Promise<Account | undefined> {
    const account = await Account.open(this.#url, number);
    try {
      if ((await account.others()).length === 0) {
        await account.clear();
        return account;
      }
    } catch (error) {
      await account.close();
      throw error;
    }
    await this.release(account);
    return undefined;
  }
}
