import { createInterface } from 'node:readline';
import { type ServerName, serverKindOf } from '../../src/kinds/table.ts';
import { diagnose } from '../../src/servers/acquire.ts';
import { acquire } from '../../src/servers.ts';

/**
 * A process that uses the testkit as a test worker does. Acquires the kinds of its arguments and prints each as a line of
 * JSON, `{"server": …}` or `{"failure": …}`; ends with 1 after a failure. With `--hold` it stays until it is killed or its
 * input ends, and answers each line of input, the name of a kind, by a line `{"diagnosis": …}`; the line `crash` makes it
 * fail as a program does.
 */
const kinds = process.argv.slice(2).filter((argument) => argument !== '--hold') as ServerName[];

const print = (line: object) => console.log(JSON.stringify(line));
await Promise.all(
  kinds.map((kind) =>
    acquire(kind).then(
      (server) => print({ server }),
      (error: Error) => {
        print({ failure: error.message });
        process.exitCode = 1;
      },
    ),
  ),
);
if (process.argv.includes('--hold')) {
  for await (const kind of createInterface({ input: process.stdin })) {
    if (kind === 'crash') {
      throw new Error('This process was told to fail.');
    }
    print({ diagnosis: (await diagnose(serverKindOf(kind as ServerName))) ?? null });
  }
}
