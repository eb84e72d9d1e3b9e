import { expect } from 'vitest';
import type { Kind } from './kinds/kind.ts';
import { GUILTY, INNOCENT, type Run, type TenPackages } from './ten-packages.ts';

/** Runs a target of the ten packages twice: only the guilty task is red, says why in its own output, and runs again. */
export async function expectOneGuilty(workspace: TenPackages, target: string, kind: Kind): Promise<void> {
  const { files, others, environment } = kind;
  await workspace.plant(files, others);
  const run = () => workspace.runTasks(target, undefined, environment);
  const first = await run();
  expectVerdicts(first, target, kind);
  expect(cachedOf(first), 'nothing is known').toEqual([]);
  const second = await run();
  expectVerdicts(second, target, kind);
  const known = [...INNOCENT, ...(kind.isGreen ? [GUILTY] : [])].map((each) => `${each}:${target}`);
  expect(cachedOf(second), 'what passed is known').toEqual(known.sort());
}

function expectVerdicts({ code, output, tasks }: Run, target: string, kind: Kind): void {
  const { says, saysAlone = says, isGreen = false } = kind;
  const guilty = tasks.get(`${GUILTY}:${target}`);
  const red = [...tasks.values()].filter((task) => !task.isGreen).map(({ id }) => id);
  expect(red, output).toEqual(isGreen ? [] : [`${GUILTY}:${target}`]);
  expect([...tasks.keys()].sort(), output).toEqual([GUILTY, ...INNOCENT].map((name) => `${name}:${target}`).sort());
  expect(code, output).toBe(isGreen ? 0 : 1);
  expect(guilty?.output).toMatch(says);
  expect(output, 'it is printed too').toMatch(says);
  for (const name of INNOCENT) {
    expect(tasks.get(`${name}:${target}`)?.output, name).not.toMatch(saysAlone);
  }
}

function cachedOf({ tasks }: Run): string[] {
  return [...tasks.values()]
    .filter(({ isCached }) => isCached)
    .map(({ id }) => id)
    .sort();
}
