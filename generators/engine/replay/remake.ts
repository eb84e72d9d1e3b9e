import { EXIT, Failure } from '../failure.ts';
import { isOfRecord } from '../record/run-record.ts';
import { type Replay, type ReplayDesk, type Replayed, replay } from './replay.ts';

/**
 * Makes a generated folder anew with today's generators and templates, or the repository's own files.
 * @param folder relative to the workspace; `.` is the root.
 * @throws {Failure} that names the run that cannot be made.
 */
export async function remake(folder: string, runs: readonly Replayed[], desk: ReplayDesk): Promise<Replay> {
  if (folder !== '.') {
    return await replay(runs, folder, desk);
  }
  const [run] = runs;
  const generator = desk.generators.find((each) => each.name === run?.generator);
  if (run === undefined || generator === undefined || !('plan' in generator) || generator.remake === undefined) {
    throw new Failure(
      EXIT.failed,
      `No generator of this workspace makes the repository’s own files: ${run?.generator}`,
    );
  }
  const files = await generator.remake(run.answers, desk.workspace);
  const all = files.map(({ path, content }) => [path, content] as const);
  return {
    folder,
    files: new Map(all.filter(([path]) => !isOfRecord(path))),
    record: new Map(all.filter(([path]) => isOfRecord(path))),
  };
}
