import { type CompilerError, isComplete, type Output } from './output.ts';
import type { Package } from './packages.ts';
import type { Program } from './program.ts';
import { classesOf, withoutDoubles } from './reach.ts';

/** What a program says of the packages in it. */
export interface Judgement {
  /** The packages of which it says what their own programs would, and what these would print; nothing if they have no errors. */
  readonly known: ReadonlyMap<Package, string>;
  /** The packages of which a smaller program may say more, those of one program together. */
  readonly open: readonly (readonly Package[])[];
}

/**
 * Errors whose place or number depends on the order in which TypeScript meets the files: declarations that disagree, and
 * what it gives up on.
 */
const BY_ORDER = new Set([
  2300, 2321, 2403, 2428, 2451, 2456, 2502, 2506, 2567, 2589, 2590, 2687, 2717, 7022, 7023, 7024,
]);

/** Packages in neither of the two have to be checked by their own commands. */
export function judge({ output, reach, affecting, augmented }: Program): Judgement {
  const single = withoutDoubles(reach, output.files);
  const { here, elsewhere } = classesOf(reach, affecting, augmented);
  const errors = new Map(
    here.filter((each) => single.has(each)).map((each) => [each, errorsIn(single.get(each), output)]),
  );
  const red = [...errors].filter(([, own]) => own.length > 0 && !own.some(({ code }) => BY_ORDER.has(code)));
  const green = [...errors].filter(([, own]) => own.length === 0);
  const known = isComplete(output) ? [...red, ...green] : red;
  return {
    known: new Map(known.map(([each, own]) => [each, own.map(({ text }) => text).join('')])),
    open: isComplete(output) ? elsewhere : [green.map(([each]) => each), ...elsewhere],
  };
}

function errorsIn(reached: ReadonlySet<string> = new Set(), { errors }: Output): readonly CompilerError[] {
  return errors.filter(({ file }) => reached.has(file));
}
