import { BigNumber } from 'bignumber.js';

/** A discount of more percent than this is deep. */
export const deepAbove = '50';

const mostDeep = 3;

export function isDeep(discountPercent: string): boolean {
  return new BigNumber(discountPercent).isGreaterThan(deepAbove);
}

/**
 * Why a discount cannot be given, or undefined when it can.
 *
 * @param deepOthers how many others have a deep discount
 */
export function refusalOf(discountPercent: string, deepOthers: number): string | undefined {
  if (!isDeep(discountPercent) || deepOthers < mostDeep) {
    return undefined;
  }
  return `at most ${mostDeep} products may have a discount above ${deepAbove} % at the same time`;
}
