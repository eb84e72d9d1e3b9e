import { recordLeft } from '../../evidence/fixture-evidence.ts';
import { addToFailure } from '../shared/add-to-failure.ts';
import { counted } from '../shared/counted.ts';
import type { Outcome } from '../shared/fixture-kind.ts';
import type { LeasedDatabase } from './leased-database.ts';

/** As many keys are shown. */
const LIMIT = 20;

/** A key with its type, its time to live in milliseconds, and the start of its value where that is text. */
const LOOK = `
local lines = {}
local keys = redis.call('KEYS', '*')
table.sort(keys)
for index = 1, math.min(#keys, tonumber(ARGV[1])) do
  local key = keys[index]
  local type = redis.call('TYPE', key)['ok']
  local left = redis.call('PTTL', key)
  local value = type == 'string' and ' ' .. string.sub(redis.call('GET', key), 1, 100) or ''
  table.insert(lines, key .. ' (' .. type .. (left < 0 and '' or ', expires in ' .. left .. ' ms') .. ')' .. value)
end
return {#keys, lines}`;

/** Says with a failure what the test's database holds: it is emptied for the next test. */
export async function showKeys(database: LeasedDatabase, outcome: Outcome): Promise<void> {
  const [count, lines] = (await database.look(['EVAL', LOOK, 0, LIMIT])) as [number, string[]];
  if (count > 0) {
    recordLeft(outcome.evidence, 'keys', lines, count > lines.length);
  }
  const title =
    count === 0 ? 'The Redis of this test has no keys.' : `The Redis of this test has ${counted(count, 'key')}:`;
  const more = count > lines.length ? [`and ${count - lines.length} more`] : [];
  addToFailure(outcome, [title, ...[...lines, ...more].map((line) => `  ${line}`)].join('\n'));
}
