export { DocumentError } from '@splitlevel/openapi';
export { type ContractStub, readContract } from './kinds/wiremock/stubs/contract.ts';
