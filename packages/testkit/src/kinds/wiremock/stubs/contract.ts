import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { StubMapping } from '@splitlevel/openapi';
import {
  DocumentError,
  describeDocument,
  findOperation,
  problemsOfStub,
  readDocument,
  Validation,
} from '@splitlevel/openapi';
import { loadMappings } from './load-mappings.ts';

/** A stub, held against the document of the upstream that it stands for. */
export interface ContractStub {
  /** The mapping file's, without its ending. */
  readonly name: string;
  readonly mapping: StubMapping;
  /** The client's method that the stub answers; undefined where the document has no such operation. */
  readonly operation: string | undefined;
  /** The arguments to call it with: `metadata.input`; undefined for a stub that has none. */
  readonly input: unknown;
  /** Its departures from the document, a sentence each: what, where in the stub, and where in the document. */
  readonly problems: readonly string[];
}

const EXTENSIONS = ['yaml', 'yml', 'json'];

/**
 * Reads the stubs of an upstream, and the document that they are to fit.
 * @param directory of the integration tests: the document is `openapi/<upstream>.yaml` (`.yml`, `.json`) there, and the
 * stubs are in `stubs/<upstream>/`.
 * @throws {DocumentError} when there is no document, or it cannot be used.
 */
export async function readContract(directory: string, upstream: string): Promise<readonly ContractStub[]> {
  const files = EXTENSIONS.map((extension) => join(directory, 'openapi', `${upstream}.${extension}`));
  const file = files.find((each) => existsSync(each));
  if (file === undefined) {
    throw new DocumentError(
      `There is no document of ${upstream}: it is looked for as ${relative(process.cwd(), files[0] ?? '')}, .yml and .json`,
    );
  }
  const document = await readDocument(readFileSync(file, 'utf8'), relative(process.cwd(), file));
  const described = describeDocument(document);
  const validation = new Validation(described);
  return loadMappings(join(directory, 'stubs', upstream)).map(({ mapping, source }) => ({
    name: basename(source, '.json'),
    mapping,
    operation: findOperation(described, mapping)?.id,
    input: mapping.metadata?.input,
    problems: problemsOfStub(described, validation, mapping).map((problem) => `${source}: ${problem}`),
  }));
}
