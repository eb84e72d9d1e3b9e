import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Account } from '../../src/kinds/nats/account.ts';
import { Accounts } from '../../src/kinds/nats/accounts.ts';
import { acquire } from '../../src/servers.ts';
import { describeOnContainers } from '../on-containers.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
  }
});

/** Starts a process that uses an account, and resolves with the account's user. */
async function useAccount(): Promise<{ child: ChildProcess; user: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/use-account.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, user: String(line).trim() };
}

async function kill(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Takes accounts until one of this user comes. */
async function takeUntil(accounts: Accounts, user: string): Promise<Account | undefined> {
  for (let count = 0; count < 20; count++) {
    const account = await accounts.takeNew();
    if (new URL(account.url).username === user) {
      return account;
    }
  }
  return undefined;
}

describeOnContainers('NATS', () => {
  test('no two have the same account, however many ask at the same time', async () => {
    const { url } = await acquire('nats');
    const all = await Promise.all(Array.from({ length: 8 }, () => Accounts.open(url)));
    const taken = await Promise.all(all.flatMap((accounts) => [accounts.takeNew(), accounts.takeNew()]));
    expect(new Set(taken.map(({ number }) => number)).size).toBe(16);
    await Promise.all(taken.map((account) => account.close()));
    await Promise.all(all.map((accounts) => accounts.close()));
  });

  test('the account of a process that was killed is free, and empty for who takes it', async () => {
    const { url } = await acquire('nats');
    const { child, user } = await useAccount();
    const other = await useAccount();
    expect(other.user).not.toBe(user);
    await kill(child, 'SIGKILL');
    const accounts = await Accounts.open(url);
    const account = await takeUntil(accounts, user);
    expect(account).toBeDefined();
    expect(await account?.describe()).toEqual([]);
    await account?.close();
    await accounts.close();
  });

  test('an account to which someone is connected still is left alone', async () => {
    const { url } = await acquire('nats');
    const { child, user } = await useAccount();
    const survivor = await Account.open(url, Number(user.split('-').at(-1)));
    await kill(child, 'SIGKILL');
    const accounts = await Accounts.open(url);
    expect(await takeUntil(accounts, user)).toBeUndefined();
    expect(await survivor.describe()).toEqual(['stream LEFT (left): 0 messages']);
    await survivor.close();
    expect(await takeUntil(accounts, user)).toBeDefined();
    await accounts.close();
  });

  test('a process that ends well leaves its account to the next', async () => {
    const { url } = await acquire('nats');
    const { child, user } = await useAccount();
    await kill(child, 'SIGTERM');
    expect(child.exitCode).toBe(0);
    const accounts = await Accounts.open(url);
    expect(await takeUntil(accounts, user)).toBeDefined();
    await accounts.close();
  });
});
