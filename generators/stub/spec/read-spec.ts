import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { DocumentError, describeDocument, readDocument, Validation } from '@splitlevel/openapi';
import { EXIT, Failure, messageOf } from '../../engine/failure.ts';
import { type MappingFile, mappingsOf } from './mappings.ts';
import { Samples } from './sample.ts';
import { typesOf } from './types.ts';

/** The parts of an OpenAPI document that the model needs. */
export interface Spec {
  /** The document's text, as it was given. */
  readonly document: string;
  readonly extension: 'json' | 'yaml';
  /** The description that the client reads, in JSON. */
  readonly description: string;
  readonly types: string;
  readonly mappings: readonly MappingFile[];
}

/**
 * Reads a document of OpenAPI and makes of it what can be derived: the client's description and types, and the stubs.
 * @throws {Failure} (wrong usage) that names the line or the place in the document where it is wrong.
 */
export async function readSpec(file: string): Promise<Spec> {
  try {
    const document = readText(file);
    const described = describeDocument(await readDocument(document, basename(file)));
    const samples = new Samples(described, new Validation(described));
    return {
      document,
      extension: document.trimStart().startsWith('{') ? 'json' : 'yaml',
      description: JSON.stringify(described.description, undefined, 2),
      types: await typesOf(described),
      mappings: mappingsOf(described, samples),
    };
  } catch (error) {
    if (!(error instanceof DocumentError)) {
      throw error;
    }
    throw new Failure(EXIT.usage, `--spec: ${error.message}`, 'Correct the document, and run again.', error);
  }
}

function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > 20 * 1024 * 1024) {
      throw new DocumentError(`${basename(file)} has ${Math.round(size / 1024 / 1024)} MiB; at most 5 are read`);
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof DocumentError) {
      throw error;
    }
    throw new Failure(EXIT.usage, `--spec: ${file} cannot be read: ${messageOf(error)}`, undefined, error);
  }
}
