export { DocumentError } from '@splitlevel/openapi';
export { type ContractStub, readContract } from './wiremock/contract.ts';
