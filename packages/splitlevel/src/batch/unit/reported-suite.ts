import { join, parse } from 'node:path';
import { Writable } from 'node:stream';
import { Logger, type Reporter, ReportersMap, type TestModule, type TestSpecification, type Vitest } from 'vitest/node';
import type { TaskResult } from '../task.ts';

type Reporters = readonly (readonly [keyof typeof ReportersMap, Record<string, unknown>])[];

/** The reporters of the configuration, where all are Vitest's own and can be had once for each suite. */
export function builtInReporters({ config }: Vitest): Reporters | undefined {
  const reporters = config.reporters as readonly unknown[];
  const known = reporters.filter((each) => Array.isArray(each) && each[0] in ReportersMap) as unknown as Reporters;
  return known.length === reporters.length ? known : undefined;
}

/** One suite of a run of many, reported as if it ran alone: its own output, its own report files. */
export class ReportedSuite {
  readonly #vitest: Vitest;
  readonly #specifications: readonly TestSpecification[];
  readonly #reporters: readonly Reporter[];
  readonly #context: Vitest;
  readonly #modules = new Set<TestModule>();
  readonly #errors: unknown[] = [];
  #output = '';
  #begun: number | undefined;
  #judged = false;
  #told: Promise<void> = Promise.resolve();

  /** @param number of the suite in this process, for the names of its report files. */
  constructor(vitest: Vitest, specifications: readonly TestSpecification[], reporters: Reporters, number: number) {
    this.#vitest = vitest;
    this.#specifications = specifications;
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        this.write(String(chunk));
        done();
      },
    });
    const logger = new Logger(stream as NodeJS.WriteStream, stream as NodeJS.WriteStream);
    const outputFile = numbered(vitest.config.outputFile, number);
    this.#context = Object.create(vitest, {
      logger: { value: logger },
      config: { value: { ...vitest.config, outputFile } },
    }) as Vitest;
    // Without what it does beside: listeners for the signals of the process.
    Object.assign(logger, { ctx: this.#context });
    this.#reporters = reporters.map(
      ([name, options]) =>
        new (ReportersMap[name] as unknown as new (options: object) => Reporter)({
          ...options,
          ...('outputFile' in options ? { outputFile: numbered(options.outputFile, number) } : {}),
        }),
    );
  }

  /** Takes what its files print past Vitest. */
  write(text: string): void {
    this.#output += text;
  }

  /** Passes one of Vitest's events on, after those before it. */
  report(event: keyof Reporter, ...args: readonly unknown[]): Promise<void> {
    if (this.#begun === undefined) {
      this.#begun = Date.now();
      this.#told = this.#tell('onInit', this.#context).then(() => this.#tell('onTestRunStart', this.#specifications));
    }
    this.#told = this.#told.then(() => this.#tell(event, ...args));
    return this.#told;
  }

  /** Notes the end of a file. */
  ended(module: TestModule): void {
    this.#modules.add(module);
  }

  /** Whether all its files have ended. */
  get isComplete(): boolean {
    return this.#modules.size === this.#specifications.length;
  }

  /** Notes an error of none of its tests, as of a promise that nobody waited for. */
  failed(error: unknown): void {
    this.#errors.push(error);
  }

  /** Whether it has noted an error. */
  knows(error: unknown): boolean {
    return this.#errors.includes(error);
  }

  /** Whether its verdict was asked. */
  get judged(): boolean {
    return this.#judged;
  }

  /** Its verdict; asked again after a late error, that of both. */
  async result(): Promise<TaskResult> {
    this.#judged = true;
    const modules = [...this.#modules];
    const ignored = this.#vitest.config.dangerouslyIgnoreUnhandledErrors === true;
    const success = modules.every((module) => module.ok()) && (ignored || this.#errors.length === 0);
    await this.report('onTestRunEnd', modules, this.#errors, success ? 'passed' : 'failed');
    return { success, terminalOutput: this.#output, startTime: this.#begun ?? Date.now(), endTime: Date.now() };
  }

  async #tell(event: keyof Reporter, ...args: readonly unknown[]): Promise<void> {
    for (const reporter of this.#reporters) {
      await (reporter[event] as ((...args: unknown[]) => unknown) | undefined)?.apply(reporter, [...args]);
    }
  }
}

/** Report files' names with a number before their ending: each suite has its own. */
function numbered<Files>(files: Files, number: number): Files {
  if (typeof files === 'string') {
    const { dir, name, ext } = parse(files);
    return join(dir, `${name}-${number}${ext}`) as Files;
  }
  if (typeof files === 'object' && files !== null) {
    return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, numbered(file, number)])) as Files;
  }
  return files;
}
