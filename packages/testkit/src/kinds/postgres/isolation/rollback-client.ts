import pg from 'pg';
import { SCHEMA } from '../postgres-names.ts';
import { type IsolationError, REFUSED, refusal } from './isolation-error.ts';

/** Statements that begin or end a transaction; those on savepoints do not. */
const TRANSACTION_CONTROL =
  /^(?:begin|start\s+transaction|commit|end|abort|rollback(?!\s+(?:work\s+|transaction\s+)?to\b)|prepare\s+transaction)\b/i;
const LEADING_BLANKS = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

/** @returns the statement's first words when it would begin or end a transaction. */
export function transactionControl(sql: string): string | undefined {
  return TRANSACTION_CONTROL.exec(sql.replace(LEADING_BLANKS, ''))?.[0].toUpperCase();
}

interface Submittable {
  submit: unknown;
  text?: string;
  handleError(error: Error, connection: unknown): void;
}
type QueryArgument = string | { text?: string } | Submittable;
type Callback = (error: Error) => void;

/** A client that stays in the one transaction that `hold` begins. */
export class RollbackClient extends pg.Client {
  /** The refusals, also when the code under test swallowed the error. */
  readonly refusals: IsolationError[] = [];
  #held = false;
  #over: IsolationError | undefined;

  /** Begins the transaction, which the server itself refuses to commit. */
  async hold(): Promise<void> {
    this.#watch();
    this.#over = undefined;
    this.refusals.length = 0;
    await super.query(`BEGIN; SELECT ${SCHEMA}.hold()`);
    this.#held = true;
  }

  /** Ends the transaction, and whatever of the session outlives it. */
  async letGo(freshSession: string): Promise<void> {
    this.#held = false;
    await super.query(`ROLLBACK; ${freshSession}`);
  }

  // The driver's overloads are many; all come down to a statement, perhaps values, perhaps a callback.
  override query(...parameters: unknown[]): never {
    const [statement] = parameters as [QueryArgument];
    const text = typeof statement === 'string' ? statement : (statement?.text ?? '');
    const control = this.#held ? transactionControl(text) : undefined;
    const refused = control === undefined ? this.#over : this.#refuse(`${control} was sent`);
    if (refused === undefined) {
      return (super.query as (...all: unknown[]) => never).apply(this, parameters);
    }
    return this.#fail(refused, statement, parameters) as never;
  }

  #fail(error: Error, statement: QueryArgument, parameters: unknown[]): unknown {
    if (typeof statement === 'object' && 'submit' in statement) {
      process.nextTick(() => statement.handleError(error, (this as unknown as { connection: unknown }).connection));
      return statement;
    }
    const callback = parameters.find((parameter): parameter is Callback => typeof parameter === 'function');
    if (callback === undefined) {
      return Promise.reject(error);
    }
    process.nextTick(callback, error);
    return undefined;
  }

  #refuse(what: string): IsolationError {
    const error = refusal(what);
    this.refusals.push(error);
    return error;
  }

  /** Hears from the server when the transaction ended or was refused something, whoever asked for it and how. */
  #watch(): void {
    const { connection } = this as unknown as { connection: NodeJS.EventEmitter };
    if (connection.listenerCount('readyForQuery', this.#afterStatement) > 0) {
      return;
    }
    connection.on('readyForQuery', this.#afterStatement);
    connection.on('errorMessage', this.#afterError);
  }

  readonly #afterStatement = ({ status }: { status?: string }): void => {
    if (!this.#held || status !== 'I') {
      return;
    }
    this.#held = false;
    this.#over = this.#refuse('A statement ended the transaction');
  };

  readonly #afterError = ({ code, message }: { code?: string; message?: string }): void => {
    if (code === REFUSED) {
      this.#refuse(message ?? 'A statement');
    }
  };
}
