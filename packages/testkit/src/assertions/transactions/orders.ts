/**
 * The interleavings of pieces with so many steps each, those with the fewest changes from one piece to another first:
 * what they show is the easiest to read, and most anomalies of two transactions need two changes only. Serial orders,
 * in which each piece runs as a whole, are not among them.
 * @returns each as the piece of every step: [0, 1, 1, 0].
 */
export function* interleavings(steps: readonly number[]): Generator<number[]> {
  const pieces = steps.filter((count) => count > 0).length;
  const total = steps.reduce((sum, count) => sum + count, 0);
  for (let runs = pieces + 1; runs <= total; runs++) {
    yield* inRuns(steps, runs, -1);
  }
}

/** The orders that consist of so many uninterrupted runs. */
function* inRuns(steps: readonly number[], runs: number, last: number): Generator<number[]> {
  const total = steps.reduce((sum, count) => sum + count, 0);
  if (runs === 0 && total === 0) {
    yield [];
  }
  if (runs === 0 || total < runs) {
    return;
  }
  for (const [piece, count] of steps.entries()) {
    if (piece === last) {
      continue;
    }
    for (let length = 1; length <= count; length++) {
      const rest = steps.map((other, index) => (index === piece ? count - length : other));
      for (const order of inRuns(rest, runs - 1, piece)) {
        yield [...new Array(length).fill(piece), ...order];
      }
    }
  }
}

/** All orders in which some of the pieces run one after the other, from none of them to all. */
export function serialOrders(pieces: readonly number[]): number[][] {
  return [
    [],
    ...pieces.flatMap((piece) =>
      serialOrders(pieces.filter((other) => other !== piece)).map((rest) => [piece, ...rest]),
    ),
  ];
}
