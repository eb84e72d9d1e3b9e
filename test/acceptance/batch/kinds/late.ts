import { atImport, type Kind, oneTest } from './kind.ts';

const EVENTUALLY: readonly (readonly [how: string, starts: string])[] = [
  ['setTimeout', 'setTimeout(() => { ACT }, 0);'],
  ['setImmediate', 'setImmediate(() => { ACT });'],
  ['queueMicrotask', 'queueMicrotask(() => { ACT });'],
  ['a chain of promises', 'Promise.resolve().then(() => {}).then(() => { ACT });'],
];

/** Errors that no test waits for. */
export const late: readonly Kind[] = [
  {
    name: 'an unhandled rejection in a test',
    files: oneTest(
      "Promise.reject(new Error('rejected in a test')); await new Promise((done) => setTimeout(done, 50));",
    ),
    says: /rejected in a test/,
  },
  {
    name: 'an uncaught exception in a timer',
    files: oneTest(
      "setTimeout(() => { throw new Error('thrown in a timer'); }, 0); await new Promise((done) => setTimeout(done, 50));",
    ),
    says: /thrown in a timer/,
  },
  ...EVENTUALLY.flatMap(([how, starts]): Kind[] => [
    {
      name: `a throw after the test, by ${how}`,
      files: oneTest(starts.replace('ACT', `throw new Error('thrown by ${how}');`)),
      says: new RegExp(`thrown by ${how}`),
    },
    {
      name: `a rejection after the file, by ${how}`,
      files: atImport(
        `afterAll(() => { ${starts.replace('ACT', `void Promise.reject(new Error('rejected by ${how}'));`)} });`,
      ),
      says: new RegExp(`rejected by ${how}`),
    },
    {
      name: `a refused write after the test, by ${how}`,
      files: oneTest(
        starts.replace('ACT', "try { fs.writeFileSync('left.txt', ''); } catch {}"),
        "import fs from 'node:fs';",
      ),
      says: /The unit test "guilty" \(packages\/p5\/src\/index\.test\.ts\) tried to write to left\.txt/,
    },
  ]),
];
