import type { FixtureKind, Isolation, OpenFixture, TestScope } from '../fixture-kind.ts';
import type { PostgresNeed } from '../needs.ts';
import type { Database } from './database.ts';
import { explained } from './explain.ts';
import { openHeld } from './held-isolation.ts';
import { IsolationError } from './isolation-error.ts';
import { LeftOpenError } from './left-open.ts';
import { TemplateError } from './make-template.ts';
import { openClone, openWorker } from './own-isolation.ts';
import { closeServerSession, openServerSession, type ServerSession } from './server-session.ts';
import { Stock } from './stock.ts';
import { ensureTemplate } from './template.ts';

export const postgresKind: FixtureKind<PostgresNeed, Database> = {
  async prepare(need, place) {
    const session = await openServerSession().catch(async (error) => {
      throw await explained('Connecting to PostgreSQL failed', error);
    });
    try {
      const template = await ensureTemplate(need, place, session);
      const stock = new Stock(session, template);
      stock.prefetch();
      return { open: (test) => open(session, stock, test), close: () => close(stock) };
    } catch (error) {
      await closeServerSession();
      if (error instanceof TemplateError) throw error;
      throw await explained('Preparing the databases of the tests failed', error);
    }
  },
};

const isolations: Record<
  Isolation,
  (session: ServerSession, stock: Stock, test: TestScope) => Promise<OpenFixture<Database>>
> = { worker: openWorker, rollback: openHeld, clone: openClone };

async function open(session: ServerSession, stock: Stock, test: TestScope): Promise<OpenFixture<Database>> {
  const openIsolated = isolations[test.isolation];
  if (openIsolated === undefined) {
    throw new Error(`'${test.isolation}' is no isolation: choose ${Object.keys(isolations).join(', ')}.`);
  }
  const fixture = await openIsolated(session, stock, test).catch(async (error) => {
    throw await explained(`Opening a database for '${test.name}' failed`, error);
  });
  return {
    ...fixture,
    async finish(outcome) {
      await fixture.finish?.(outcome).catch(async (error) => {
        if (error instanceof LeftOpenError || error instanceof IsolationError) throw error;
        throw await explained(`Setting back the database after '${test.name}' failed`, error);
      });
    },
  };
}

async function close(stock: Stock): Promise<void> {
  try {
    for (const name of await stock.close()) {
      console.warn(
        `testkit: connections to the database ${name} were still open after the last test of the file. Close pools ` +
          'and clients when a test ends. The database is dropped when this process is gone.',
      );
    }
  } finally {
    await closeServerSession();
  }
}
