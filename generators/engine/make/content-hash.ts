import { createHash } from 'node:crypto';
import { withLf } from '../write/line-ends.ts';

/** SHA-256 in hexadecimal, over LF: git may give a working tree other line ends. */
export function hashOf(content: Buffer | string): string {
  return createHash('sha256')
    .update(withLf(Buffer.from(content)))
    .digest('hex');
}
