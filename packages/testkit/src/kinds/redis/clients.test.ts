import { expect, test } from 'vitest';
import { describeClient, isBusy, parseClientList } from './clients.ts';

const LIST = `id=13 addr=127.0.0.1:34890 laddr=127.0.0.1:6379 fd=7 name= age=0 idle=0 flags=N db=0 sub=0 multi=-1 cmd=client|list user=default redir=-1 resp=2
id=14 addr=127.0.0.1:34891 laddr=127.0.0.1:6379 fd=8 name=worker age=9 idle=2 flags=b db=3 sub=0 multi=-1 cmd=brpop user=splitlevel_a_3 redir=-1 resp=3
id=15 addr=127.0.0.1:34892 laddr=127.0.0.1:6379 fd=9 name= age=9 idle=4 flags=x db=3 sub=0 multi=1 cmd=set user=splitlevel_a_3 redir=-1 resp=3
id=16 addr=127.0.0.1:34893 laddr=127.0.0.1:6379 fd=10 name= age=9 idle=5 flags=P db=3 sub=0 psub=1 ssub=0 multi=-1 cmd=psubscribe user=splitlevel_a_3 redir=-1 resp=2
`;

test('who is connected is read from what the server says', () => {
  expect(parseClientList(LIST).map(({ id, name, user }) => [id, name, user])).toEqual([
    ['13', '', 'default'],
    ['14', 'worker', 'splitlevel_a_3'],
    ['15', '', 'splitlevel_a_3'],
    ['16', '', 'splitlevel_a_3'],
  ]);
});

test('who waits, is in a transaction or subscribed is busy', () => {
  expect(parseClientList(LIST).filter(isBusy).map(describeClient)).toEqual([
    'connection 14 (worker): blocked in BRPOP, for 2 s',
    'connection 15: in a transaction (MULTI) that was not ended, last command SET, for 4 s',
    'connection 16: subscribed to channels, last command PSUBSCRIBE, for 5 s',
  ]);
});

test('an empty list is one', () => {
  expect(parseClientList('')).toEqual([]);
});
