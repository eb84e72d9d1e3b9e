import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { javaOptions, wiremockOptions } from '../kinds/wiremock.ts';
import { type EmbeddedServer, findFreePort, spawnOnLeash } from './embedded-server.ts';
import { findJava, missingJava } from './java.ts';

/** Starts the WireMock of the npm package `wiremock` on the machine's Java, on a free port of the loopback interface. */
export async function startWiremock(directoryPrefix: string): Promise<EmbeddedServer> {
  const java = findJava();
  if (java === undefined) throw new Error(missingJava());
  const jar = findJar();
  const directory = mkdtempSync(directoryPrefix);
  try {
    const port = await findFreePort();
    const { child, log, stop } = spawnOnLeash({
      command: [
        java.command,
        ...javaOptions,
        '-cp',
        jar,
        'wiremock.Run',
        ...wiremockOptions,
        '--port',
        String(port),
        '--bind-address',
        '127.0.0.1',
        '--root-dir',
        directory,
      ],
      directory,
      signal: 'TERM',
      environment: process.env,
    });
    return { host: '127.0.0.1', port, log, process: child, stop };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

function findJar(): string {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve('wiremock/package.json')), 'build');
    const name = readdirSync(folder).find((file) => /^wiremock-standalone-.*\.jar$/.test(file));
    if (name === undefined) throw new Error(`no jar in ${folder}`);
    return join(folder, name);
  } catch (cause) {
    throw new Error(`The npm package wiremock has no jar: ${(cause as Error).message}. Run npm install.`, { cause });
  }
}
