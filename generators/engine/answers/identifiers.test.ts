import { expect, test } from 'vitest';
import { identifiersIn } from './identifiers.ts';

test.each([
  ['const config = read(environment);', 'const config read environment'],
  ['order.items?.map((item) => item.price)', 'order item item'],
  ['call(...rest)', 'call rest'],
  ["import { a as b } from 'config';", 'import a as b from'],
  ['// config\nx /* order */ + y', 'x y'],
  ["'it\\'s order' + \"order\" + z", 'z'],
  ['`order ${item} \\` ${`${nested} order`} order` + after', 'item nested after'],
  ['`${{ a: 1 }.a} order` + after', 'a after'],
  ['const pattern = /order[/]\'"`/u; next', 'const pattern next'],
  ['a / order / b', 'a order b'],
  ['(a) / order; `x`', 'a order'],
  ['return /order/.test(x)', 'return x'],
  ['{ host: value, [key]: 1e5, 0x1f: 2 }', 'host value key'],
  ['function f(config: Config) {}', 'function f config Config'],
  ['`unclosed ${ a', 'a'],
  ['größe = $x + _y', 'größe $x _y'],
])('%s', (source, identifiers) => {
  expect(identifiersIn(source).join(' ')).toBe(identifiers);
});
