import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, type TestContext, test } from 'vitest';
import { seedOf, whole } from '../sample.ts';
import { type Choice, editableFiles, edits } from './edits.ts';
import { createMarkedWorkspace, packages, targets } from './marked-workspace.ts';
import { outcomesOf } from './outcome.ts';

const EDITS = Number(process.env.EDITS ?? (whole ? 100 : 40));
/** Workspaces that are edited side by side, each with its share of the edits. */
const WORKSPACES = 2;
const seed = Number(process.env.EDITS_SEED ?? seedOf('random edits'));
const ids = Object.keys(packages).flatMap((name) => targets.map((target) => `${name}:${target}`));

/** A workspace each of whose targets prints what the truth about it is at that moment. */
async function createTruthfulWorkspace({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const verdicts = await mkdtemp(join(tmpdir(), 'splitlevel-verdicts-'));
  onTestFinished(() => rm(verdicts, { recursive: true, force: true }));
  const compiled = join(verdicts, 'compiled'); // Node would compile Nx anew for each edit.
  const workspace = await createMarkedWorkspace(
    `cat "${verdicts}/$NX_TASK_TARGET_PROJECT:$NX_TASK_TARGET_TARGET" || true`,
  );
  onTestFinished(() => workspace.remove());

  /** What a run of everything without a cache would say now. */
  async function truth(): Promise<Record<string, string>> {
    const said = outcomesOf(workspace.clone.root, ids);
    for (const [id, outcome] of Object.entries(said)) {
      await writeFile(join(verdicts, id), `OUTCOME ${id} ${outcome}\n`);
    }
    return said;
  }

  /** What `npm run ci` says since the commit before, whether a task ran or the cache answered. */
  async function run(): Promise<Record<string, string>> {
    const { code, stdout, stderr } = await workspace.clone.run('node', ['packages/ci/bin/ci.js'], {
      environment: { CI: undefined, TESTKIT_RUNTIME: 'containers', NODE_COMPILE_CACHE: compiled },
    });
    expect(code, stdout + stderr).toBe(0);
    return Object.fromEntries(
      [...stdout.matchAll(/OUTCOME (\S+) ([0-9a-f]{16})/g)].map(([, id, outcome]) => [id as string, outcome as string]),
    );
  }
  return { workspace, truth, run };
}

test.concurrent.for(Array.from({ length: WORKSPACES }, (_, index) => index))(
  `after each of ${EDITS} random edits, whatever would turn out differently is run, and no answer of the cache is wrong (workspace %i)`,
  { timeout: 1_200_000 },
  async (part, context) => {
    const { workspace, truth, run } = await createTruthfulWorkspace(context);
    const numbers = fc.sample(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), {
      seed: seed + part,
      numRuns: Math.ceil(EDITS / WORKSPACES),
    });
    let before = await truth();
    expect(await run()).toEqual(before);
    for (const [index, random] of numbers.entries()) {
      const [kind, edit] = edits[(random[0] as number) % edits.length] as (typeof edits)[number];
      let next = 1;
      const choose: Choice = (from) => from[(random[next++] as number) % from.length] as string;
      await edit(workspace, choose, await editableFiles(workspace));
      const where = `edit ${index}, ${kind}; again with EDITS_SEED=${seed}\n${await workspace.git('status', '--short')}`;
      await workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      await workspace.commit(`${kind} ${index}`);

      const now = await truth();
      const said = await run();
      const unsaid = ids.filter((id) => said[id] === undefined);
      expect(Object.fromEntries(unsaid.map((id) => [id, now[id]])), `not run: ${where}`).toEqual(
        Object.fromEntries(unsaid.map((id) => [id, before[id]])),
      );
      expect(said, `run or cached: ${where}`).toEqual(Object.fromEntries(Object.keys(said).map((id) => [id, now[id]])));
      before = now;
    }
    // A run of everything that may be answered by the cache says in the end what one without a cache would.
    await workspace.git('update-ref', '-d', 'refs/remotes/origin/main');
    expect(await run()).toEqual(before);
  },
);
