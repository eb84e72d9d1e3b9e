import fs from 'node:fs';

const KEY = Symbol.for('splitlevel.files');
type Files = Pick<typeof fs, 'existsSync' | 'readFileSync' | 'readdirSync' | 'statSync'> & {
  realpath(path: string): string;
};
const holder = globalThis as { [KEY]?: Files };
// On globalThis, as the refusal log is: Node's own functions, from before a guard replaced them.
holder[KEY] ??= {
  existsSync: fs.existsSync,
  readFileSync: fs.readFileSync,
  readdirSync: fs.readdirSync,
  statSync: fs.statSync,
  realpath: fs.realpathSync.native,
};
export const files: Files = holder[KEY];
