/** A test file, and how long it took lately. */
export interface TimedFile {
  readonly path: string;
  readonly seconds: number;
}

/** The integration suite of a project. */
export interface Suite {
  readonly project: string;
  readonly files: readonly TimedFile[];
}

/**
 * Spreads suites over machines, whole as long as that is fair: every suite that is split pays its start twice. The longest
 * machine gets at most 1.2 times the mean and the longest single file.
 *
 * Longest first, each to the machine with the least (Graham 1969) is at most the mean and the longest piece away; the
 * largest piece of the longest machine is halved until that is good enough, at the latest when all pieces are single files.
 * @returns what each machine runs; those that would get nothing are left out
 */
export function balance(suites: readonly Suite[], machines: number): Suite[][] {
  const files = suites.flatMap((suite) => suite.files);
  const limit = (1.2 * secondsOf(files)) / machines + Math.max(0, ...files.map(({ seconds }) => seconds));
  let pieces = [...suites];
  while (true) {
    const shares = longestFirst(pieces, machines);
    const longest = shares.reduce((a, b) => (secondsOfAll(b) > secondsOfAll(a) ? b : a), []);
    const large = longest.filter((piece) => piece.files.length > 1).sort(byLength)[0];
    if (secondsOfAll(longest) <= limit || large === undefined) {
      return shares.map(joined).filter(({ length }) => length > 0);
    }
    pieces = pieces.flatMap((piece) => (piece === large ? halves(piece) : [piece]));
  }
}

export function secondsOf(files: readonly TimedFile[]): number {
  return files.reduce((sum, { seconds }) => sum + seconds, 0);
}

function secondsOfAll(pieces: readonly Suite[]): number {
  return pieces.reduce((sum, { files }) => sum + secondsOf(files), 0);
}

function longestFirst(pieces: readonly Suite[], machines: number): Suite[][] {
  const shares = Array.from({ length: machines }, () => ({ pieces: [] as Suite[], seconds: 0 }));
  for (const piece of [...pieces].sort(byLength)) {
    const idle = shares.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    idle.pieces.push(piece);
    idle.seconds += secondsOf(piece.files);
  }
  return shares.map((share) => share.pieces);
}

/** Every second file, longest first, so that both halves take about as long. */
function halves({ project, files }: Suite): Suite[] {
  const ordered = [...files].sort((a, b) => b.seconds - a.seconds);
  return [0, 1].map((rest) => ({ project, files: ordered.filter((_, index) => index % 2 === rest) }));
}

/** Pieces of one suite that came to the same machine are one again. */
function joined(pieces: readonly Suite[]): Suite[] {
  const byProject = Map.groupBy(pieces, ({ project }) => project);
  return [...byProject].map(([project, parts]) => ({ project, files: parts.flatMap(({ files }) => files) }));
}

function byLength(a: Suite, b: Suite): number {
  return secondsOf(b.files) - secondsOf(a.files) || a.project.localeCompare(b.project, 'en');
}
