/** The source of a generator that creates, edits, moves and removes, for a workspace of the engine's tests. */
export const CHURN = `
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definePlanningGenerator } from '../engine/generator.ts';

export const generator = definePlanningGenerator({
  name: 'churn',
  description: 'One file of each fate, for the tests of undo',
  options: {},
  async plan(_, { root }) {
    const read = (path) => readFileSync(join(root, path));
    return {
      folder: 'area',
      planned: [
        { path: 'area/new/logo.bin', fate: 'create', before: undefined, after: Buffer.from([0, 1, 255]) },
        { path: 'area/new/run.sh', fate: 'create', before: undefined, after: Buffer.from('#!/bin/sh\\n'), mode: 0o755 },
        { path: 'area/crlf.txt', fate: 'edit', before: read('area/crlf.txt'), after: Buffer.from('two\\r\\n') },
        { path: 'area/tool.sh', fate: 'edit', before: read('area/tool.sh'), after: read('area/tool.sh'), mode: 0o644 },
        { path: 'moved/deep.bin', fate: 'move', from: 'area/deep/deep.bin', before: read('area/deep/deep.bin'), after: Buffer.from('moved') },
        { path: 'area/gone/gone.sh', fate: 'remove', before: read('area/gone/gone.sh'), after: undefined },
      ],
    };
  },
  nextSteps: () => [],
});
`;

/** The files that it needs, with their bytes and their modes. */
export const CHURNED: readonly (readonly [path: string, content: string, mode: number])[] = [
  ['area/crlf.txt', 'one\r\nmixed\n', 0o600],
  ['area/tool.sh', '#!/bin/sh\n', 0o755],
  ['area/deep/deep.bin', '\0\u00ff\r\n', 0o644],
  ['area/gone/gone.sh', '#!/bin/sh\r\n', 0o755],
];
