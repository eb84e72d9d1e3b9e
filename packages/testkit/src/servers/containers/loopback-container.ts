import { GenericContainer, getContainerRuntimeClient } from 'testcontainers';
import type { LogTail } from '../log-tail.ts';

/** What Testcontainers' builder methods cannot say. */
export interface ContainerOptions {
  /** The address on which the ports are published; undefined for all of a remote engine's. */
  readonly hostIp: string | undefined;
  /** Filled with what the container writes, from its first byte. */
  readonly log: LogTail;
  /** Called when the container writes no more: it ended, or the engine did. */
  readonly onEnd: () => void;
}

/** A container whose ports are published on one address only, and whose image's own health check does not run. */
export class LoopbackContainer extends GenericContainer {
  readonly #options: ContainerOptions;

  constructor(image: string, options: ContainerOptions) {
    super(image);
    this.#options = options;
  }

  protected override async beforeContainerCreated(): Promise<void> {
    this.createOpts.Healthcheck = { Test: ['NONE'] };
    const { hostIp } = this.#options;
    if (hostIp === undefined) return;
    const bindings = (this.hostConfig.PortBindings ?? {}) as Record<string, { HostIp?: string; HostPort?: string }[]>;
    for (const ports of Object.values(bindings)) {
      for (const port of ports) port.HostIp = hostIp;
    }
  }

  /** Testcontainers reads the log when the ports are bound, which is never for a container that ends at once. */
  protected override async containerCreated(containerId: string): Promise<void> {
    const { container } = await getContainerRuntimeClient();
    const output = await container.attach(container.getById(containerId));
    this.#options.log.follow(output);
    output.once('close', this.#options.onEnd);
    output.once('end', this.#options.onEnd);
  }
}
