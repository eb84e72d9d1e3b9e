import { expect, test } from 'vitest';
import * as engine from './engine.ts';

test('other packages have this of the engine, and no more', () => {
  expect(Object.keys(engine).toSorted()).toEqual([
    'EXIT',
    'Failure',
    'RECORD_FILE',
    'asNpm',
    'completeAnswers',
    'hashOf',
    'inTermsOf',
    'linkEntries',
    'loadGenerators',
    'lockWorkspace',
    'makeFiles',
    'managerOf',
    'messageOf',
    'nameOf',
    'nodesIn',
    'parseRecord',
    'parseTypeScript',
    'progressIn',
    'readWorkspace',
    'replacedIn',
    'scratchFolder',
    'silent',
    'textOf',
  ]);
});
