import { existsSync } from 'node:fs';
import type { Runtime } from './server.ts';

export async function chooseRuntime(): Promise<Runtime> {
  const wanted = process.env['TESTKIT_RUNTIME'];
  if (wanted === 'containers' || wanted === 'embedded') return wanted;
  return existsSync('/var/run/docker.sock') ? 'containers' : 'embedded';
}
