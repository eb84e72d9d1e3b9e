import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { EmbeddedServer, StartEmbedded } from '../../../servers/embedded/embedded-server.ts';
import { findJava, type Java, missingJava } from '../../../servers/embedded/java.ts';
import { spawnKilledWithParent } from '../../../servers/embedded/kill-with-parent.ts';
import { javaOptions, wiremockOptions } from './wiremock-options.ts';

/** Starts the WireMock of the npm package `wiremock` on the machine's Java. */
export async function startWiremock({ port, directory, cache }: StartEmbedded): Promise<EmbeddedServer> {
  const java = findJava();
  if (java === undefined) {
    throw new Error(missingJava());
  }
  const jar = findJar();
  const archive = classArchive(java, jar, cache);
  const { child, log, stop } = spawnKilledWithParent({
    command: [
      ...([java.command, ...javaOptions, ...archive.options] as const),
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
  return { log, process: child, stop: () => stop().then(archive.keep) };
}

/**
 * A file of classes that are loaded already, which halves the time to start; the first server writes it when it ends.
 * Source: https://openjdk.org/jeps/350; a JVM before 13 ignores the options.
 */
function classArchive(java: Java, jar: string, cache: string | undefined): { options: string[]; keep(): void } {
  const none = { options: [], keep: () => undefined };
  if (cache === undefined) {
    return none;
  }
  const archive = join(cache, `${basename(jar, '.jar')}-java-${java.version ?? 'unknown'}.jsa`);
  const quiet = ['-XX:+IgnoreUnrecognizedVMOptions', '-Xlog:disable', '-Xlog:all=error:stderr'];
  if (existsSync(archive)) {
    return { options: [...quiet, `-XX:SharedArchiveFile=${archive}`], keep: none.keep };
  }
  const unfinished = `${archive}.${process.pid}`;
  try {
    mkdirSync(cache, { recursive: true });
  } catch {
    return none;
  }
  return {
    options: [...quiet, `-XX:ArchiveClassesAtExit=${unfinished}`],
    keep: () => {
      if (existsSync(unfinished)) {
        renameSync(unfinished, archive);
      }
    },
  };
}

function findJar(): string {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve('wiremock/package.json')), 'build');
    const name = readdirSync(folder).find((file) => /^wiremock-standalone-.*\.jar$/.test(file));
    if (name === undefined) {
      throw new Error(`no jar in ${folder}`);
    }
    return join(folder, name);
  } catch (cause) {
    throw new Error(`The package wiremock has no jar: ${(cause as Error).message}. Install the dependencies again.`, {
      cause,
    });
  }
}
