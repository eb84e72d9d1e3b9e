/**
 * Messages of PostgreSQL's protocol: a byte for the type, four for the length, which counts itself, then the body.
 * Source: https://www.postgresql.org/docs/18/protocol-message-formats.html. pg-protocol reads the server's messages only,
 * and keeps no bytes that could be passed on.
 */
export interface Frame {
  /** Empty for what a client sends before it is let in, which has no type. */
  readonly type: string;
  readonly body: Buffer;
  /** All of it, as it goes over the wire. */
  readonly bytes: Buffer;
}

const PROTOCOL_3 = 3;

/** Cuts the bytes of one direction of a connection into messages, however the network has cut them. */
export class Framer {
  #rest: Buffer = Buffer.alloc(0);
  #typed: boolean;

  /** @param from the side that speaks: a client begins with messages that have no type. */
  constructor(from: 'client' | 'server') {
    this.#typed = from === 'server';
  }

  /** @returns the messages that are complete with these bytes. */
  push(chunk: Buffer): Frame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) {
      frames.push(frame);
    }
    return frames;
  }

  #next(): Frame | undefined {
    const head = this.#typed ? 1 : 0;
    if (this.#rest.length < head + 4) {
      return undefined;
    }
    const end = head + this.#rest.readInt32BE(head);
    if (this.#rest.length < end) {
      return undefined;
    }
    const bytes = this.#rest.subarray(0, end);
    this.#rest = this.#rest.subarray(end);
    const frame = { type: bytes.toString('latin1', 0, head), body: bytes.subarray(head + 4), bytes };
    if (!this.#typed && frame.body.readInt16BE(0) === PROTOCOL_3) {
      this.#typed = true;
    }
    return frame;
  }
}

/** Reads fields of a message one after the other. */
export class Reader {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#body.length;
  }

  int16(): number {
    this.#at += 2;
    return this.#body.readInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#body.readInt32BE(this.#at - 4);
  }

  /** Text up to the byte 0. */
  text(): string {
    const end = this.#body.indexOf(0, this.#at);
    const text = this.#body.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  /** A value with its length before it; null where that is -1. */
  value(): string | null {
    const length = this.int32();
    if (length < 0) {
      return null;
    }
    this.#at += length;
    return this.#body.toString('utf8', this.#at - length, this.#at);
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }
}

/** The start-up message with default settings added, over which those stand that the client itself asks for. */
export function withDefaults(startup: Frame, settings: string): Buffer {
  const reader = new Reader(startup.body);
  const version = reader.int32();
  const parameters = new Map<string, string>();
  for (let name = reader.text(); name !== ''; name = reader.text()) {
    parameters.set(name, reader.text());
  }
  parameters.set('options', `${settings} ${parameters.get('options') ?? ''}`.trim());
  const text = [...parameters].map(([name, value]) => `${name}\0${value}\0`).join('');
  const message = Buffer.concat([Buffer.alloc(8), Buffer.from(`${text}\0`)]);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(version, 4);
  return message;
}

/** The message that asks for one statement without parameters. */
export function simpleQuery(sql: string): Buffer {
  const message = Buffer.from(`Q\0\0\0\0${sql}\0`);
  message.writeInt32BE(message.length - 1, 1);
  return message;
}
