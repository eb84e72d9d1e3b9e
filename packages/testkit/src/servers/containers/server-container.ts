import { GenericContainer, getContainerRuntimeClient } from 'testcontainers';
import type { LogTail } from '../log-tail.ts';

type PortBindings = Record<string, { HostIp?: string; HostPort?: string }[]>;

/** The hooks that Testcontainers has for subclasses, as they are seen from outside. */
interface Hooks {
  readonly createOpts: { Healthcheck?: object };
  readonly hostConfig: { PortBindings?: PortBindings };
  beforeContainerCreated?(): Promise<void>;
}

/**
 * From here on, ports are published on the loopback interface only. Set for all containers because Ryuk's is one that
 * Testcontainers makes itself, and whoever reaches Ryuk can have it remove any container.
 */
export function publishOnLoopbackOnly(): void {
  (GenericContainer.prototype as unknown as Hooks).beforeContainerCreated = async function (this: Hooks) {
    for (const bindings of Object.values(this.hostConfig.PortBindings ?? {})) {
      for (const binding of bindings) {
        binding.HostIp = '127.0.0.1';
      }
    }
  };
}

/** A container that the engine removes when it ends, and whose log is read from its first byte. */
export class ServerContainer extends GenericContainer {
  readonly #log: LogTail;
  readonly #onEnd: () => void;

  /** @param onEnd Called when the container writes no more: it ended, or the engine did. */
  constructor(image: string, log: LogTail, onEnd: () => void) {
    super(image);
    this.#log = log;
    this.#onEnd = onEnd;
    this.hostConfig.AutoRemove = true;
    // The image's own check would run a command in the container every few seconds.
    this.createOpts.Healthcheck = { Test: ['NONE'] };
  }

  /** Testcontainers itself reads the log when the ports are bound, which never happens if a container ends at once. */
  protected override async containerCreated(containerId: string): Promise<void> {
    const { container } = await getContainerRuntimeClient();
    const output = await container.attach(container.getById(containerId));
    this.#log.follow(output);
    output.once('close', this.#onEnd);
    output.once('end', this.#onEnd);
  }
}
