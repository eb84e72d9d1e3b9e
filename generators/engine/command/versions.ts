import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ownPack } from '../pack.ts';

/** The versions of the standard, of Plop and of Node, a line each. */
export function versions(): string {
  const file = createRequire(import.meta.url).resolve('plop/package.json');
  const plop = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return [`Splitlevel ${ownPack().version}`, `Plop ${plop.version}`, `Node ${process.versions.node}`].join('\n');
}
