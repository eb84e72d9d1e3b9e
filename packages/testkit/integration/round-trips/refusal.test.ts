import { expect } from 'vitest';
import { expectRefusal, refused } from '../../src/index.ts';
import { storeAndRead, test } from './things.ts';

test('code that refuses what cannot be stored as it is passes', async ({ database }) => {
  const tried: string[] = [];
  await expectRefusal(database, 'things.name', (name) => {
    tried.push(name);
    return name.isWellFormed() ? storeAndRead(database, 'name', name) : refused;
  });
  expect(tried).toEqual(expect.arrayContaining(['\0', '\ud800', 'a\ud83d']));
  for (const column of ['short', 'middle', 'day', 'at', 'key', 'yes', 'mood', 'bytes', 'document', 'status']) {
    const work = (value: string) => (value.isWellFormed() ? storeAndRead(database, column, value) : refused);
    await expectRefusal(database, `things.${column}`, work);
  }
});

test('a lone surrogate that is replaced, and a number that is rounded', async ({ database }) => {
  const keep = (column: string) => (value: string) => storeAndRead(database, column, value);
  await expect(expectRefusal(database, 'things.name', keep('name'))).rejects.toThrow(
    /^things\.name \(text\) cannot store a value as it is, and the code took it\.\n {2}written {4}"\\ud800" \(U\+D800\)\n {2}came back {2}"\ufffd" \(U\+FFFD\)\n {2}stored {5}1 row nevertheless\nCheck it/,
  );
  await expect(expectRefusal(database, 'things.price', keep('price'))).rejects.toThrow(
    /"0.001"\n {2}came back {2}"0.00"/,
  );
});

test('a refusal that stored something nevertheless', async ({ database }) => {
  const half = async () => {
    await database.query("INSERT INTO things (name) VALUES ('half')");
    return refused;
  };
  await expect(expectRefusal(database, 'things.middle', half)).rejects.toThrow(
    /came back {2}a refusal\n {2}stored {5}1 row nevertheless/,
  );
});

test('values that a CHECK constraint refuses are tried too', async ({ database }) => {
  const clamp = (price: string) => (Number(price) < 0 ? '0.00' : refused);
  await expect(expectRefusal(database, 'things.price', clamp)).rejects.toThrow('"-0.01"');
});

test('code that refuses everything proves nothing', async ({ database }) => {
  const broken = async () => {
    throw new Error('the table is locked');
  };
  await expect(expectRefusal(database, 'things.middle', broken)).rejects.toThrow(
    /^Nothing is proved about things\.middle \(integer\): the code refuses \d+ values that the column stores as well\.\n {2}written {4}"0"\n {2}came back {2}Error: the table is locked\nMend .*\{ taken: '…' \}\.$/,
  );
  await expect(expectRefusal(database, 'things.price', () => refused)).rejects.toThrow(/came back {2}a refusal/);
  await expect(expectRefusal(database, 'things.key', () => refused, { taken: 'a' })).rejects.toThrow(
    /the code refuses 1 value that .*\n {2}written {4}"a"/,
  );
});

test('one value that the code takes is enough, and where does not concern it', async ({ database }) => {
  const only = (kept: string) => (value: string) => (value === kept ? storeAndRead(database, 'name', value) : refused);
  await expectRefusal(database, 'things.name', only(' '), { where: (value) => value.includes('\0') });
  await expectRefusal(database, 'things.name', only('a@b.example'), { taken: 'a@b.example' });
  await expect(expectRefusal(database, 'things.name', only('a@b.example'))).rejects.toThrow('Nothing is proved');
});
