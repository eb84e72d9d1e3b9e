import { expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';

test.each([
  [[], { command: 'run', part: 'all' }],
  [['quick'], { command: 'run', part: 'quick' }],
  [['integration'], { command: 'run', part: 'integration' }],
  [['report', 'machines'], { command: 'report', folder: 'machines' }],
  [['update', 'folder'], { command: 'update', folder: 'folder' }],
  [['--help'], { command: 'help' }],
  [['plan', '--help'], { command: 'help' }],
  [['plan'], { command: 'plan', form: 'table' }],
  [['plan', '--json'], { command: 'plan', form: 'json' }],
  [['plan', '--shards'], { command: 'plan', form: 'shards' }],
  [['plan', '--shards', 'shards'], { command: 'plan', form: 'shards', folder: 'shards' }],
])('%j', (args, command) => {
  expect(parseCommandLine(args)).toEqual(command);
});

test.each([
  [['fast'], /'fast' is not understood\.\nThe scripts of package\.json, with their arguments:\nci /],
  [['quick', 'twice'], /'quick twice' is not understood/],
  [['quick', '--json'], /'quick --json' is not understood/],
  [['plan', '--json', '--shards'], /'plan --json --shards' is not understood/],
  [['plan', 'folder'], /'plan folder' is not understood/],
  [['report'], /'report' is not understood/],
  [['update'], /'update' is not understood/],
  [['--fast'], /Unknown option '--fast'[\s\S]*The scripts of package\.json, with their arguments:\nci /],
])('%j is refused with what there is', (args, message) => {
  expect(() => parseCommandLine(args)).toThrow(message);
});
