import { createHash } from 'node:crypto';
import { type Frame, Reader } from './frames.ts';

/** A request of a client to the server: a simple query, or the messages of an extended one up to its Sync. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly (string | null)[];
}

/** A statement of a piece on its way through the gate. */
export interface Step extends Statement {
  readonly pid: number;
  /** The answer in words: rows, or how many were written. */
  answer: string;
  error: { readonly code: string; readonly message: string } | undefined;
  /** How many rows it answered or wrote. */
  rows: number;
  /** Equal for answers of equal rows, however many. */
  digest: string;
  /** The level of isolation that it ran at. */
  isolation: string;
  isDone: boolean;
  /** Lets it go to the server. */
  release(): void;
}

/** Nothing that another transaction could see or be seen by happens at these, so that their order does not matter. */
const NO_EFFECT = /^\s*(?:begin|start\s+transaction|savepoint|show|reset|set(?!\s+constraints))\b[^;]*;?\s*$/i;

export function hasNoEffect({ sql }: Statement): boolean {
  return NO_EFFECT.test(sql) || sql.trim() === '';
}

/** Reads statements from the messages of one connection, whose prepared statements it knows by name. */
export class StatementReader {
  readonly #prepared = new Map<string, string>();

  read(frames: readonly Frame[]): Statement {
    const texts: string[] = [];
    let parameters: (string | null)[] = [];
    for (const { type, body } of frames) {
      const reader = new Reader(body);
      if (type === 'Q') {
        texts.push(reader.text());
      }
      if (type === 'P') {
        this.#prepared.set(reader.text(), reader.text());
      }
      if (type === 'B') {
        reader.text();
        texts.push(this.#prepared.get(reader.text()) ?? '?');
        parameters = readParameters(reader);
      }
    }
    return { sql: texts.join('; '), parameters };
  }
}

function readParameters(reader: Reader): (string | null)[] {
  const formats = Array.from({ length: reader.int16() }, () => reader.int16());
  return Array.from({ length: reader.int16() }, (_, index) => {
    const isBinary = (formats.length === 1 ? formats[0] : formats[index]) === 1;
    const value = reader.value();
    return isBinary && value !== null ? '(binary)' : value;
  });
}

/** As many rows of an answer are shown. */
const ROWS = 3;

/** Gathers what the server answers to a step. */
export class AnswerReader {
  readonly #rows: string[] = [];
  #count = 0;
  readonly #digest = createHash('sha256');
  #isText = true;

  /** @returns whether the message ends the step. */
  read({ type, body }: Frame, step: Step): boolean {
    const reader = new Reader(body);
    if (type === 'T') {
      this.#isText = allText(reader);
    }
    if (type === 'D') {
      this.#digest.update(body);
      this.#add(reader);
    }
    if (type === 'C') {
      this.#complete(reader.text(), step);
    }
    if (type === 'E') {
      step.error = readError(reader);
      step.answer = `${step.error.code} ${step.error.message}`;
    }
    return type === 'Z';
  }

  #complete(tag: string, step: Step): void {
    step.answer = this.#answer(tag);
    step.rows = Number(/\d+$/.exec(tag)?.[0] ?? 0);
    step.digest = this.#digest.copy().digest('base64url');
  }

  #add(reader: Reader): void {
    this.#count++;
    if (this.#count > ROWS) {
      return;
    }
    const values = Array.from({ length: reader.int16() }, () => reader.value() ?? 'null');
    this.#rows.push(this.#isText ? values.join(', ') : '(binary)');
  }

  #answer(tag: string): string {
    if (this.#count > 0) {
      return this.#rows.join(' | ') + (this.#count > ROWS ? ` | … ${this.#count} rows` : '');
    }
    if (/ 0$/.test(tag)) {
      return 'no row';
    }
    return '';
  }
}

function allText(reader: Reader): boolean {
  return Array.from({ length: reader.int16() }, () => {
    reader.text();
    reader.skip(16);
    return reader.int16();
  }).every((format) => format === 0);
}

export function readError(reader: Reader): { code: string; message: string } {
  const fields = new Map<string, string>();
  while (!reader.isAtEnd) {
    const field = reader.text();
    if (field !== '') {
      fields.set(field.slice(0, 1), field.slice(1));
    }
  }
  return { code: fields.get('C') ?? '', message: fields.get('M') ?? '' };
}
