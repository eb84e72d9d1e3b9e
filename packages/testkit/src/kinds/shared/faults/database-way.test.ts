import { expect, test } from 'vitest';
import { openDatabaseWay } from './database-way.ts';

test('a server that no proxy can stand before is reached directly, and has no faults', async () => {
  const url = 'postgres://me:secret@%2Frun%2Fpostgresql/app';
  const way = await openDatabaseWay(url, { defaultPort: 5432, obstacle: 'its URL leads to a Unix socket' });
  expect(way.url).toBe(url);
  const fault = way.faults.begin();
  await expect(fault('down')).rejects.toThrow(
    "fault('down'): the server cannot be made to fail, because its URL leads to a Unix socket.",
  );
  expect(way.faults.unmet('its PostgreSQL')).toBeUndefined();
  await way.faults.mend();
  await way.close();
});
