import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bun } from './bun.ts';
import { npm } from './npm.ts';
import type { PackageManager } from './package-manager.ts';
import { pnpm } from './pnpm.ts';
import { yarn } from './yarn.ts';

const MANAGERS = [npm, pnpm, yarn, bun] as const;

/** Their names; the first is the default. */
export const MANAGER_NAMES = MANAGERS.map(({ name }) => name);

export function managerNamed(name: PackageManager['name']): PackageManager {
  return MANAGERS.find((each) => each.name === name) ?? npm;
}

/**
 * The package manager of a repository that exists: the one whose lockfile it has; without one, or with several, the one
 * that `packageManager` of its package.json names; else npm.
 */
export function managerOf(root: string): PackageManager {
  const locked = MANAGERS.filter(({ lockfile }) => existsSync(join(root, lockfile)));
  const [only] = locked;
  if (only !== undefined && locked.length === 1) {
    return only;
  }
  const named = /^\w+/.exec(packageManagerField(root))?.[0];
  return (locked.length === 0 ? MANAGERS : locked).find(({ name }) => name === named) ?? only ?? npm;
}

/** The package manager that runs this process: npm, unless `npm_config_user_agent` names another one. */
export function runningManager(userAgent = process.env.npm_config_user_agent ?? ''): PackageManager {
  const name = /^\w+/.exec(userAgent)?.[0];
  return MANAGERS.find((each) => each.name === name) ?? npm;
}

function packageManagerField(root: string): string {
  try {
    const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    return String(packageManager ?? '');
  } catch {
    // The workspace's reader reports what is wrong with the file.
    return '';
  }
}
