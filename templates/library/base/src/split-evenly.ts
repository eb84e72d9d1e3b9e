/**
 * Splits an amount into parts that differ by one unit at most; the greater ones come first.
 *
 * @param amount in the smallest unit there is, such as cents
 * @param count of parts, at least 1
 * @returns parts whose sum is the amount
 * @throws {RangeError} when the count is not an integer from 1
 */
export function splitEvenly(amount: bigint, count: number): bigint[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`${count} is not a number of parts`);
  }
  const [least, rest] = [amount / BigInt(count), amount % BigInt(count)];
  const one = rest < 0n ? -1n : 1n;
  const parts = Array.from({ length: count }, (_, index) => (BigInt(index) < rest * one ? least + one : least));
  return amount < 0n ? parts.reverse() : parts;
}
