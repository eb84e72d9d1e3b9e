import { type Context, type Option, type Options, problemOf } from './options.ts';

/** Checked answers, and the names of those that a person was asked for, in their order. */
export interface Completed {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly asked: readonly string[];
}

/** The way through the options of a generator, in their order, and back. */
export class Course {
  readonly #options: readonly (readonly [name: string, option: Option])[];
  readonly #asked: string[];
  /** Answers of a person, which are offered again. */
  readonly #remembered: Map<string, unknown>;
  #answers: Readonly<Record<string, unknown>>;
  #position = 0;

  /** @param earlier answers that are gone back from. */
  constructor(options: Options, earlier: Completed = { answers: {}, asked: [] }) {
    this.#options = Object.entries(options);
    this.#asked = [...earlier.asked];
    this.#remembered = new Map(this.#asked.map((name) => [name, earlier.answers[name]]));
    this.#answers = earlier.answers;
    this.goBack();
  }

  get answers(): Readonly<Record<string, unknown>> {
    return this.#answers;
  }

  /** The names of the options that a person was asked for, in their order. */
  get asked(): readonly string[] {
    return this.#asked;
  }

  /** The option that is to be answered; undefined at the end. */
  get next(): readonly [name: string, option: Option] | undefined {
    return this.#options[this.#position];
  }

  /** The answer to offer for the next option: the one that a person gave before where it still holds, else the default. */
  offer(standard: unknown, context: Context): unknown {
    const [name = '', option] = this.next ?? [];
    const before = this.#remembered.get(name);
    return before === undefined || option === undefined || problemOf(option, before, context) !== undefined
      ? standard
      : before;
  }

  /** Keeps the answer of a person. A default that was taken is derived anew when the answers before it change. */
  remember(name: string, answer: unknown, standard: unknown): void {
    if (JSON.stringify(answer) === JSON.stringify(standard)) {
      this.#remembered.delete(name);
    } else {
      this.#remembered.set(name, answer);
    }
    this.#asked.push(name);
  }

  /** Answers the next option. */
  answer(answer: unknown): void {
    const [name] = this.next ?? [];
    if (name !== undefined) {
      this.#answers = { ...this.#answers, [name]: answer };
    }
    this.#position += 1;
  }

  /** Goes back to the last option that a person was asked for, if there is one. */
  goBack(): void {
    const last = this.#asked.pop();
    this.#position = Math.max(
      0,
      last === undefined ? this.#position : this.#options.findIndex(([name]) => name === last),
    );
    this.#answers = Object.fromEntries(
      this.#options.slice(0, this.#position).map(([name]) => [name, this.#answers[name]]),
    );
  }
}
