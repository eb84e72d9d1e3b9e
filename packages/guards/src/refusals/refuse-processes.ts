import childProcess from 'node:child_process';
import module from 'node:module';
import v8 from 'node:v8';
import workerThreads from 'node:worker_threads';
import { guardClass } from '../blame/guard-class.ts';
import { refuseCall } from '../blame/refuse-call.ts';

const bindingsWithIo = /^(fs|tcp|pipe|process|spawn_sync|udp|cares|tty|worker)/;

/** Refuses to start processes and threads, and the ways past Node's public modules. */
export function refuseProcesses(): void {
  refuseCall(childProcess.ChildProcess.prototype, 'spawn', 'process', ([options]) => `start ${commandOf(options)}`);
  for (const name of ['spawnSync', 'execSync', 'execFileSync']) {
    refuseCall(childProcess, name, 'process', ([command]) => `start ${String(command)} (${name})`);
  }
  refuseCall(process, 'kill', 'process', ([pid, signal = 'SIGTERM']) =>
    signal === 0 ? undefined : `send ${String(signal)} to the process ${String(pid)}`,
  );
  refuseCall(process, 'execve', 'process', ([file]) => `become the process ${String(file)}`);
  guardClass(workerThreads, 'Worker', ([file]) => refusalOfWorker(file));
  refuseCall(module, 'register', 'thread', ([specifier]) => `start a thread of module hooks (${String(specifier)})`);
  refuseCall(module, 'enableCompileCache', 'file', () => 'write a compile cache');
  refuseCall(v8, 'writeHeapSnapshot', 'file', () => 'write a heap snapshot');
  if (process.report) {
    refuseCall(process.report, 'writeReport', 'file', () => 'write a diagnostic report');
  }
  for (const name of ['binding', '_linkedBinding']) {
    refuseBinding(name);
  }
}

function refusalOfWorker(file: unknown): string {
  const text = String(file);
  return `start a worker thread (${text.length > 80 ? `${text.slice(0, 77)}...` : text})`;
}

function refuseBinding(name: string): void {
  refuseCall(process, name, 'internals', ([binding]) =>
    bindingsWithIo.test(String(binding)) ? `reach into Node (process.${name}('${String(binding)}'))` : undefined,
  );
}

function commandOf(options: unknown): string {
  const { file, args } = (options ?? {}) as { file?: unknown; args?: unknown };
  const text = Array.isArray(args) && args.length > 0 ? args.join(' ') : String(file);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
