import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A file right after a run: made by it, or edited, or removed (then without content). */
export interface GeneratedFile {
  readonly fate: 'made' | 'edited' | 'removed';
  /** With LF; empty for a removed file. */
  readonly content: Buffer;
}

const MARKS = { made: '+', edited: '~', removed: '-' } as const;
const FATES = new Map(Object.entries(MARKS).map(([fate, mark]) => [mark as string, fate as GeneratedFile['fate']]));

/**
 * The text of a base file: a line for each path, sorted, with a mark for its fate and its content compressed. A line is
 * whole or changed as a whole, so that git cannot merge two contents into a third.
 */
export function printBase(files: ReadonlyMap<string, GeneratedFile>): string {
  const lines = [...files].map(([path, { fate, content }]) => {
    const packed = fate === 'removed' ? '' : deflateRawSync(content, { level: 9 }).toString('base64');
    return `${path}\t${MARKS[fate]}\t${packed}\n`;
  });
  return lines.toSorted().join('');
}

/** Reads the text of a base file; undefined when it is not one, after a merge by hand for example. */
export function parseBase(text: string): ReadonlyMap<string, GeneratedFile> | undefined {
  const files = new Map<string, GeneratedFile>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [path = '', mark = '', packed, ...rest] = line.split('\t');
    const fate = FATES.get(mark);
    if (path === '' || fate === undefined || packed === undefined || rest.length > 0 || files.has(path)) {
      return undefined;
    }
    const content = fate === 'removed' ? Buffer.alloc(0) : unpack(packed);
    if (content === undefined) {
      return undefined;
    }
    files.set(path, { fate, content });
  }
  return files;
}

function unpack(packed: string): Buffer | undefined {
  try {
    return inflateRawSync(Buffer.from(packed, 'base64'));
  } catch {
    return undefined;
  }
}
