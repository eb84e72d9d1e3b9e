import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { callerFolder } from '../command/caller-folder.ts';
import { didYouMean } from '../command/nearest.ts';
import { EXIT, Failure, messageOf } from '../failure.ts';
import type { Generator } from '../generator.ts';
import { decodeText } from '../write/text-file.ts';
import { repeatedKey } from './repeated-key.ts';

/**
 * Reads an answers file.
 * @param file relative to the folder in which the command was given.
 * @returns the values by option name.
 * @throws {Failure} (wrong usage) when it cannot be read, is not a JSON object or has a key that is not an option.
 */
export function readAnswersFile(file: string, generator: Generator): ReadonlyMap<string, unknown> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(callerFolder(), file));
  } catch (error) {
    throw new Failure(EXIT.usage, `--answers: ${file} cannot be read: ${messageOf(error)}`, undefined, error);
  }
  return parseAnswersFile(decodeText(file, bytes, EXIT.usage).text, file, generator);
}

/**
 * Reads the text of an answers file.
 * @returns the values by option name.
 * @throws {Failure} (wrong usage) when it is not a JSON object or has a key that is not an option.
 */
export function parseAnswersFile(text: string, file: string, generator: Generator): ReadonlyMap<string, unknown> {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw new Failure(EXIT.usage, `${file} is not JSON: ${(error as Error).message}`, 'Correct the file.', error);
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) {
    throw new Failure(
      EXIT.usage,
      `${file} has ${JSON.stringify(repeated.key)} twice, again in line ${repeated.line}`,
      'Leave one of the two.',
    );
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new Failure(EXIT.usage, `${file} must hold one JSON object`, 'Write {"option": value, …}.');
  }
  const known = Object.keys(generator.options);
  for (const key of Object.keys(values)) {
    if (!known.includes(key)) {
      throw new Failure(
        EXIT.usage,
        `${JSON.stringify(key)} in ${file} is not an option of ${generator.name}${didYouMean(key, known)}`,
        `The options are: ${known.join(', ')}.`,
      );
    }
  }
  return new Map(Object.entries(values));
}
