import type { EventEmitter } from 'node:events';
import { notePool } from '../../shared/requests/pool-problems.ts';
import { currentRequest, noteStatement } from '../../shared/requests/request-work.ts';
import { noteSettings, poolProblems } from './pool-problems.ts';

type Callback = (error: unknown, rows?: unknown, ...others: unknown[]) => void;

/** A command of the driver, which a pool makes before it has a connection. */
interface Command {
  readonly sql: string;
  onResult?: Callback;
}

/** The methods of the driver's connections that send a statement. */
export interface Sender {
  /** Those outside of a pool have none; null once it was taken out of it. */
  readonly _pool?: object | null;
  query(...parameters: unknown[]): EventEmitter;
  execute(...parameters: unknown[]): EventEmitter;
}

/** From now on requests know what they send by connections with this prototype. */
export function noteStatementsOf(prototype: Sender): void {
  const { query, execute } = prototype;
  Object.assign(prototype, {
    query(this: Sender, ...parameters: unknown[]) {
      return send(this, query, parameters);
    },
    execute(this: Sender, ...parameters: unknown[]) {
      return send(this, execute, parameters);
    },
  });
}

function send(connection: Sender, method: Sender['query'], parameters: readonly unknown[]): EventEmitter {
  const [statement] = parameters;
  const sql = typeof statement === 'string' ? statement : (statement as Command).sql;
  noteSettings(connection, sql);
  notePool(currentRequest(), connection._pool, () => poolProblems(connection));
  const ended = noteStatement(connection, sql);
  const callback = parameters.at(-1);
  if (typeof callback === 'function') {
    return method.apply(connection, [...parameters.slice(0, -1), heard(callback as Callback, ended)]);
  }
  const command = statement as Command;
  if (typeof command.onResult === 'function') {
    command.onResult = heard(command.onResult, ended);
    return method.apply(connection, [...parameters]);
  }
  return method.apply(connection, [...parameters]).once('end', () => ended());
}

function heard(callback: Callback, ended: (result?: number | 'failed') => void): Callback {
  return (error, rows, ...others) => {
    ended(error ? 'failed' : Array.isArray(rows) ? rows.length : undefined);
    callback(error, rows, ...others);
  };
}
