import { createHash, randomBytes } from 'node:crypto';
import { PREFIX } from '../shared/database-names.ts';

/** The schema in each database in which the testkit keeps its records. */
export const SCHEMA = 'splitlevel_testkit';

/** First key of the testkit's advisory locks; the second is 32 bits of what is locked. */
export const lockClasses = {
  session: 0x5350_0001,
  making: 0x5350_0002,
  use: 0x5350_0003,
  run: 0x5350_0004,
  extension: 0x5350_0005,
  roles: 0x5350_0006,
} as const;

/** Tells a template from all others: eight hexadecimal digits of its own, and eight of the hash that it is made for. */
export function newTemplateId(hash: string): string {
  return `${randomBytes(4).toString('hex')}${hash.slice(0, 8)}`;
}

export function templateName(slug: string, id: string): string {
  return `${PREFIX}${slug}_template_${id}`;
}

export function ownerName(slug: string, id: string): string {
  return `${PREFIX}${slug}_owner_${id}`;
}

/** The second key of an advisory lock: a signed 32 bit number, from eight hexadecimal digits. */
export function lockKey(hex: string): number {
  return Number.parseInt(hex.slice(0, 8), 16) | 0;
}

export function hashOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hash.digest('hex');
}
