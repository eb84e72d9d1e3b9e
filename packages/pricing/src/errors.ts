export interface InputProblem {
  /** Where, such as `body.price`. */
  readonly path: string;
  readonly message: string;
}

/** The input has another form than the route takes. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super('the input is not valid');
    this.problems = problems;
  }
}

export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** The request contradicts the stored state. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** Something that the service needs is out of order; the same request may succeed later. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}
