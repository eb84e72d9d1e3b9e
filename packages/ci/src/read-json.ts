import { readFileSync } from 'node:fs';

/** What a JSON file holds; undefined where it is not there, or holds none. */
export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
