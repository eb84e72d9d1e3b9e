import { readFileSync } from 'node:fs';

/** The value in a JSON file; undefined where the file is missing or is not JSON. */
export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
