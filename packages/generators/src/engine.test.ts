import { expect, test } from 'vitest';
import * as engine from './engine.ts';

test('other packages have this of the engine, and no more', () => {
  expect(Object.keys(engine).toSorted()).toEqual([
    'EXIT',
    'Failure',
    'asNpm',
    'baseOf',
    'copyWorkspace',
    'diskOf',
    'exitOnSignals',
    'hasRecord',
    'hashOf',
    'inTermsOf',
    'linkEntries',
    'loadGenerators',
    'lockWorkspace',
    'machineEnvironment',
    'managerOf',
    'messageOf',
    'nameOf',
    'nodesIn',
    'parseTypeScript',
    'progressIn',
    'readRuns',
    'readWorkspace',
    'remake',
    'replacedIn',
    'scratchFolder',
    'silent',
    'textOf',
  ]);
});
