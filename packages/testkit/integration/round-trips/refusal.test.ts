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
