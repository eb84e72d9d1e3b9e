import { sharesOf } from '../share.ts';
import type { Report, Together } from '../task.ts';
import { judge } from './judge.ts';
import { type Package, sharingPackages } from './packages.ts';
import { createCompiler } from './program.ts';

/**
 * Checks packages in as few programs as give each package the verdict and the errors of its own: one for all packages
 * that have the same options and the same globals. Packages for which that is not certain, or that would have a program
 * to themselves, are not reported.
 */
export const typecheckTogether: Together = async ({ root }, tasks, report) => {
  let since = Date.now();
  const groups = Map.groupBy(await sharingPackages(root, tasks), ({ shared }) => shared);
  for (const group of groups.values()) {
    const compile = createCompiler(root);
    const open: (readonly Package[])[] = [group];
    for (const packages of open) {
      const program = packages.length > 1 ? await compile(packages) : undefined;
      if (program) {
        const judgement = judge(program);
        since = reportShares(judgement.known, since, report);
        open.push(...judgement.open);
      }
    }
  }
};

/**
 * Reports packages for their shares of the time since the last report.
 * @param known what each package's own program would print.
 * @returns since when the next have their share.
 */
function reportShares(known: ReadonlyMap<Package, string>, since: number, report: Report): number {
  const printed = [...known];
  const timesOf = sharesOf(
    since,
    printed.map(([{ task }]) => task),
  );
  for (const [index, [{ task }, terminalOutput]] of printed.entries()) {
    report(task, { success: terminalOutput === '', terminalOutput, ...timesOf(index) });
  }
  return known.size > 0 ? Date.now() : since;
}
