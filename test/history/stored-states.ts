import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { byPath, type EarlierFile, type EarlierRun, type EarlierState, packageOf } from './earlier-state.ts';

/** A document of JSON, compressed by Brotli. */
interface StoredStates {
  /** Each content once, as text. Contents of one path stand side by side, which compresses best. */
  readonly contents: readonly string[];
  readonly states: readonly StoredState[];
}

type StoredState = Omit<EarlierState, 'packages'> & { readonly packages: readonly StoredPackage[] };

interface StoredPackage {
  readonly name: string;
  readonly runs: readonly StoredRun[];
}

interface StoredRun extends Pick<EarlierRun, 'generator' | 'answers'> {
  /** By path: which of the contents; null if the run removed the file. */
  readonly files: Readonly<Record<string, number | null>>;
  /** Paths of the files that may be executed. */
  readonly executable?: readonly string[];
}

/** @throws {Error} when the bytes are not what `encodeStates` makes. */
export function decodeStates(bytes: Buffer): readonly EarlierState[] {
  const { contents, states } = JSON.parse(brotliDecompressSync(bytes).toString('utf8')) as StoredStates;
  const buffers = contents.map((text) => Buffer.from(text));
  return states.map(({ packages, ...state }) => ({
    ...state,
    packages: packages.map(({ name, runs }) =>
      packageOf(
        name,
        runs.map((run) => runOf(run, buffers)),
      ),
    ),
  }));
}

/** @throws {TypeError} when a file is not UTF-8. */
export function encodeStates(states: readonly EarlierState[]): Buffer {
  const numbers = numbered(states);
  const stored: StoredStates = {
    contents: [...numbers.keys()],
    states: states.map(({ name, date, version, packages }) => ({
      name,
      date,
      version,
      packages: packages.map(({ name, runs }) => ({ name, runs: runs.map((run) => storedRun(run, numbers)) })),
    })),
  };
  const text = Buffer.from(JSON.stringify(stored));
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}

function runOf({ generator, answers, files, executable = [] }: StoredRun, contents: readonly Buffer[]): EarlierRun {
  const fileOf = (path: string, number: number | null): EarlierFile | undefined => {
    const content = number === null ? undefined : contents[number];
    return content && { content, mode: executable.includes(path) ? '100755' : '100644' };
  };
  return {
    generator,
    answers,
    files: new Map(Object.entries(files).map(([path, number]) => [path, fileOf(path, number)])),
  };
}

function storedRun({ generator, answers, files }: EarlierRun, numbers: ReadonlyMap<string, number>): StoredRun {
  const sorted = byPath([...files]);
  const numberOf = (file: EarlierFile | undefined) => (file === undefined ? null : (numbers.get(textOf(file)) ?? null));
  const executable = sorted.filter(([, file]) => file?.mode === '100755').map(([path]) => path);
  return {
    generator,
    answers,
    files: Object.fromEntries(sorted.map(([path, file]) => [path, numberOf(file)])),
    ...(executable.length > 0 && { executable }),
  };
}

/** Each content once, with its number: in the order of paths, then of states. */
function numbered(states: readonly EarlierState[]): ReadonlyMap<string, number> {
  const runs = states.flatMap(({ packages }) => packages.flatMap(({ runs }) => runs));
  const files = byPath(runs.flatMap((run) => [...run.files]));
  const texts = new Set(files.flatMap(([, file]) => (file === undefined ? [] : [textOf(file)])));
  return new Map([...texts].map((text, number) => [text, number]));
}

function textOf({ content }: EarlierFile): string {
  return new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(content);
}
