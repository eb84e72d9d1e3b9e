/** A server that was given by its URL and that the tests cannot use: why not, and what to do. */
export class GivenServerError extends Error {}
