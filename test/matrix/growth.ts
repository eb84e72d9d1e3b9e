import { EXIT, Failure } from '../../generators/engine/failure.ts';
import type { TemplateGenerator } from '../../generators/engine/generator.ts';
import type { Given } from '../generate.ts';
import { templatesOf } from './generation.ts';

/** An addition, to a package by the name of its kind. */
export interface Addition {
  readonly generator: TemplateGenerator;
  readonly given: Given;
}

/** A kind of package, of which there are as many copies as what is added needs. */
export interface Kind {
  readonly name: string;
  /** Makes the package under another name. */
  make(name: string): Promise<void>;
}

/** How additions are made. */
export interface Grower {
  readonly root: string;
  run(addition: Addition): Promise<void>;
}

/**
 * Adds to a package one thing after the other. One that finds no room there beside the others goes to a copy of the
 * package; so does one that is made of other templates where it is the first, until it was made of these once.
 * @param made what was made before, in packages of other kinds too; added to.
 */
export async function grow(
  kind: Kind,
  additions: readonly Addition[],
  { root, run }: Grower,
  made: Set<string>,
): Promise<void> {
  const alone = await Promise.all(additions.map(({ generator, given }) => templatesOf(generator, given, root)));
  let copies = 1;
  for (const [index, { generator, given }] of additions.entries()) {
    const first = alone[index] ?? '';
    for (let copy = 1; ; copy++) {
      const name = copy === 1 ? kind.name : `${kind.name}-copy${copy}`;
      const isNew = copy > copies;
      if (isNew) {
        await kind.make(name);
      }
      copies = Math.max(copies, copy);
      const addition = { generator, given: new Map([...given, ['package', name]]) };
      if (await hasRoom(addition, first)) {
        break;
      }
      if (isNew) {
        throw new Error(`${generator.name} would not be added to a package as it was made`);
      }
    }
  }

  async function hasRoom(addition: Addition, first: string): Promise<boolean> {
    try {
      const templates = await templatesOf(addition.generator, addition.given, root);
      if (templates !== first && !made.has(first)) {
        return false;
      }
      await run(addition);
      made.add(templates);
      return true;
    } catch (error) {
      if (error instanceof Failure && error.exitCode !== EXIT.failed) {
        return false;
      }
      throw error;
    }
  }
}
