import { expect, test } from 'vitest';
import { evidenceOf } from '../evidence/read-evidence.ts';
import { describeOnContainers } from '../on-containers.ts';

describeOnContainers('MariaDB', () => {
  test('the evidence of a failed test has its rows, and the keys of its Redis', async () => {
    const { evidence } = await evidenceOf('notes');
    const { database, cache } = evidence.tests[0]?.fixtures ?? {};
    expect(database?.left).toEqual([
      { name: 'note', lines: ['{"id":1,"body":"Evidence","bytes":"00ff","big":"9007199254740993"}'], isCut: false },
    ]);
    expect(cache?.left).toEqual([{ name: 'keys', lines: ['greeting (string) hello'], isCut: false }]);
    expect(evidence.servers.map(({ kind }) => kind).sort()).toEqual(['mariadb', 'redis']);
  }, 180_000);
});
