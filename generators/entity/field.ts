import { checkForm, type Spellings, spell } from '../engine/answers/names.ts';
import { didYouMean } from '../engine/command/nearest.ts';
import type { Column } from './column.ts';
import type { Database } from './databases/database.ts';

/** A field of an entity. */
export interface Field extends Spellings {
  readonly nullable: boolean;
  readonly column: Column;
}

/** A field as it was given: `note:text?`. */
interface Declaration {
  readonly name: string;
  /** Without numbers, in lower case: `numeric`, `text[]`. */
  readonly type: string;
  readonly numbers: readonly number[];
  readonly nullable: boolean;
}

/**
 * Checks a field for databases of which it must fit one.
 * @param earlier the fields before it.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkField(
  text: string,
  databases: readonly Database[],
  earlier: readonly string[],
): string | undefined {
  const problems = databases.map((database) => {
    const field = readField(text, database);
    return typeof field === 'string' ? field : checkTwice(field, earlier);
  });
  return problems.includes(undefined) ? undefined : problems[0];
}

/**
 * Reads a field.
 * @returns a sentence that says what is wrong with it, instead.
 */
export function readField(text: string, database: Database): Field | string {
  const declaration = parse(text);
  if (declaration === undefined) {
    return `${JSON.stringify(text)} is not a field: write NAME:TYPE, as in unit-price:numeric(12,2), and a question mark behind the type of one that may be null`;
  }
  const problem = checkFieldName(declaration.name, database);
  if (problem !== undefined) {
    return problem;
  }
  const { type, numbers } = declaration;
  const known = database.types.find(({ form, aliases = [] }) => [nameOf(form), ...aliases].includes(type));
  if (known === undefined) {
    const names = database.types.map(({ form }) => nameOf(form));
    const forms = database.types.map(({ form }) => form).join(', ');
    const nearest = database.nearest?.(type);
    const meant = nearest === undefined ? didYouMean(type, names) : `; did you mean ${nearest}?`;
    return `${JSON.stringify(type)} is not a type of ${database.name} that fields may have${meant}; there are: ${forms}`;
  }
  const column = known.column(numbers);
  if (typeof column === 'string') {
    return `the type of ${declaration.name} ${column}`;
  }
  return { ...spell(declaration.name), nullable: declaration.nullable, column };
}

function parse(text: string): Declaration | undefined {
  const parts = /^([^:]*):\s*([a-z][a-z0-9_ ]*?)\s*(?:\(([\d\s,]*)\))?\s*(\[\])?\s*(\?)?$/i.exec(text.trim());
  if (parts === null) {
    return undefined;
  }
  const [, name = '', type = '', list, array = '', mark] = parts;
  const numbers = list?.split(',').map((number) => number.trim()) ?? [];
  if (!numbers.every((number) => /^\d{1,9}$/.test(number))) {
    return undefined;
  }
  return {
    name: name.trim(),
    type: type.toLowerCase().replaceAll(/\s+/g, ' ') + array,
    numbers: numbers.map(Number),
    nullable: mark === '?',
  };
}

function checkFieldName(name: string, database: Database): string | undefined {
  const problem = checkForm(name);
  if (problem !== undefined) {
    return problem;
  }
  const { camel, snake } = spell(name);
  if (name === 'id') {
    return 'every entity has a field id of its own; choose another name';
  }
  if (camel === 'then') {
    return '"then" cannot be used: await takes an object that has it for a promise; choose another name';
  }
  if (camel in Object.prototype) {
    return `${JSON.stringify(name)} cannot be used: every object of JavaScript has ${camel}; choose another name`;
  }
  return database.ownColumns.includes(snake)
    ? `${JSON.stringify(name)} cannot be used: every table of ${database.name} has a column ${snake} of its own; choose another name`
    : undefined;
}

function checkTwice({ kebab, camel, snake }: Field, earlier: readonly string[]): string | undefined {
  const names = earlier.map((each) => each.slice(0, each.indexOf(':')).trim());
  const same = names.find((name) => spell(name).camel === camel || spell(name).snake === snake);
  if (same === undefined) {
    return undefined;
  }
  return same === kebab
    ? `there are two fields ${kebab}; name each once`
    : `the fields ${same} and ${kebab} would both be ${spell(same).camel === camel ? camel : snake}; choose another name for one`;
}

/** `numeric` for `numeric(p,s)`. */
function nameOf(form: string): string {
  return form.replace(/\(.*/, '');
}
