import { type Kind, oneTest } from './kind.ts';

/** What one package would leave to the next. */
export const leaving: readonly Kind[] = [
  {
    name: 'a listener of the process',
    files: oneTest("process.on('SIGUSR2', () => {});"),
    says: /left behind.*SIGUSR2/s,
  },
  { name: 'a global', files: oneTest('(globalThis as any).left = 1;'), says: /left behind.*globalThis\.left/s },
  {
    name: 'a variable of the environment',
    files: oneTest("process.env.LEFT = '1';"),
    says: /left behind.*process\.env\.LEFT/s,
  },
  {
    name: 'a mock of a module',
    files: { ...oneTest('', "vi.mock('./index.ts', () => ({ name: 'mocked' }));") },
    says: /tried to mock the module/,
  },
  { name: 'fake timers', files: oneTest('vi.useFakeTimers();'), says: /left behind.*fake timers/s },
  { name: 'an interval', files: oneTest('setInterval(() => {}, 1000);'), says: /left behind.*setInterval|timer/s },
  {
    name: 'a changed built-in',
    files: oneTest('Array.prototype.at = () => 1 as any;'),
    says: /left behind.*Array\.prototype\.at/s,
  },
  {
    name: 'a write',
    files: oneTest("fs.writeFileSync('left.txt', '');", "import fs from 'node:fs';"),
    says: /packages\/p5\/src\/index\.test\.ts\) tried to write to left\.txt/,
  },
  {
    name: 'a request that is not waited for',
    files: oneTest("void fetch('http://127.0.0.1:9999/').catch(() => {});"),
    says: /packages\/p5\/src\/index\.test\.ts\) tried to/,
  },
  {
    name: 'work that outlives the file',
    files: oneTest(
      "void (async () => { for (let turn = 0; turn < 300; turn++) { await new Promise((done) => setImmediate(done)); } fs.writeFileSync('left.txt', ''); })();",
      "import fs from 'node:fs';",
    ),
    says: /left behind.*a pending setImmediate, started at packages\/p5/s,
  },
];
