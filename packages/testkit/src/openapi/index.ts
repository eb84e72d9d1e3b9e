export { type ContractStub, readContract } from './contract.ts';
export { DocumentError } from './document-error.ts';
