import { createTest } from '../../../src/create-test.ts';
import { upstream } from '../../../src/needs.ts';

export const test = createTest(import.meta.dirname, { shop: upstream('shop') });
