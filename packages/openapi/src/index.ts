export { type DescribedDocument, describeDocument, isForm, isJson, sentContent } from './description.ts';
export { readDocument } from './document.ts';
export { DocumentError } from './document-error.ts';
export type { Answer, Content, Operation } from './operations.ts';
export { isFields, valueAt } from './pointer.ts';
export { findOperation, isBodiless, patternOf, problemsOfStub } from './problems-of-stub.ts';
export { mapFields } from './schema-bundle.ts';
export type {
  BodyMatcher,
  RequestPattern,
  ResponseDefinition,
  Stub,
  StubMapping,
  ValueMatcher,
} from './stub-mapping.ts';
export { Validation } from './validation.ts';
