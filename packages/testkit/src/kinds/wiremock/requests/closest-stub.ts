import type { Stub } from '@splitlevel/openapi';
import { type Comparison, compare, type SeenRequest } from './compare.ts';

/** The stub that a request misses by the least, part by part. */
export function closestStub(
  request: SeenRequest,
  stubs: readonly Stub[],
): { stub: Stub; comparisons: Comparison[] } | undefined {
  let closest: { stub: Stub; comparisons: Comparison[]; distance: number } | undefined;
  for (const stub of stubs) {
    const comparisons = compare(request, stub.mapping);
    const distance = distanceOf(comparisons);
    if (!closest || distance < closest.distance) {
      closest = { stub, comparisons, distance };
    }
  }
  return closest;
}

/** Weights follow what a reader takes for the same stub: the address first, then the method, then the rest. */
function distanceOf(comparisons: readonly Comparison[]): number {
  let distance = 0;
  for (const { part, fits, wanted, got } of comparisons) {
    if (fits === true) {
      continue;
    }
    if (fits === undefined) {
      distance += 0.1;
    } else if (part === 'path' || part === 'url') {
      distance += 2 + 8 * unlike(wanted, got);
    } else {
      distance += part === 'method' ? 2 : 1;
    }
  }
  return distance;
}

/** 0 for equal paths, up to 1 for paths that share no segment. */
function unlike(wanted: string, got: string): number {
  const [a, b] = [wanted, got].map((path) => path.split(/[/?&=]/).filter(Boolean)) as [string[], string[]];
  const same = a.filter((segment, index) => segment === b[index]).length;
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 0 : 1 - same / longest;
}
