import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** An object of git with its id, a SHA-1 in hexadecimal. */
export interface GitObject {
  readonly id: string;
  readonly type: 'commit' | 'tree' | 'blob';
  readonly content: Buffer;
}

const TYPES = { commit: 1, tree: 2, blob: 3 } as const;

/**
 * Puts objects into a pack, by the formats that git defines (gitformat-pack: pack version 2, index version 2).
 * @returns the contents of its two files, which are called `pack-NAME.pack` and `pack-NAME.idx`.
 */
export function packOf(objects: readonly GitObject[]): { name: string; pack: Buffer; index: Buffer } {
  const parts: Buffer[] = [Buffer.concat([Buffer.from('PACK'), uint32(2), uint32(objects.length)])];
  const rows: { id: string; offset: number; check: number }[] = [];
  let offset = 12;
  for (const { id, type, content } of objects) {
    // Small windows, because most files are: to set up large ones takes longer than to compress.
    const bits = content.length > 16_384 ? 15 : 10;
    const body = deflateSync(content, { level: 1, memLevel: bits - 9 || 1, windowBits: bits });
    const entry = Buffer.concat([entryHeader(TYPES[type], content.length), body]);
    rows.push({ id, offset, check: crc32(entry) });
    parts.push(entry);
    offset += entry.length;
  }
  const pack = withDigest(parts);
  const name = pack.toString('hex', pack.length - 20);
  return { name, pack, index: indexOf(rows, pack.subarray(-20)) };
}

function indexOf(rows: readonly { id: string; offset: number; check: number }[], digest: Buffer): Buffer {
  const sorted = rows.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const fanOut = Array.from({ length: 256 }, () => 0);
  for (const { id } of sorted) {
    const first = Number.parseInt(id.slice(0, 2), 16);
    fanOut[first] = (fanOut[first] ?? 0) + 1;
  }
  let count = 0;
  const sums = fanOut.map((each) => {
    count += each;
    return uint32(count);
  });
  return withDigest([
    Buffer.from([0xff, 0x74, 0x4f, 0x63]),
    uint32(2),
    ...sums,
    ...sorted.map(({ id }) => Buffer.from(id, 'hex')),
    ...sorted.map(({ check }) => uint32(check)),
    ...sorted.map(({ offset }) => uint32(offset)),
    digest,
  ]);
}

/** The type, and the size: four bits of it, then seven in each byte that follows. */
function entryHeader(type: number, size: number): Buffer {
  const bytes = [type * 16 + (size % 16)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 128;
    bytes.push(rest % 128);
  }
  return Buffer.from(bytes);
}

function withDigest(parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([content, createHash('sha1').update(content).digest()]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
