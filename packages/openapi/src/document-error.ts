/** A document of OpenAPI that cannot be used; the message names it and the place, by line or by JSON pointer. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}
