import process from 'node:process';
import { ConfigError, readConfig } from './config.ts';
import { createService } from './service.ts';

/** Time for what stopping does after the last request was finished or cut off, in milliseconds. */
const grace = 2000;

function configuration() {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
}

const config = configuration();
const service = createService(config, process.stdout);

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), config.shutdownTimeoutMs + grace).unref();
  await service.stop();
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, stop);
}
await service.start();
