import { runInNewContext } from 'node:vm';
import { isKeyword, isStrictBindReservedWord } from '@babel/helper-validator-identifier';
import { camelCase, constantCase, pascalCase, snakeCase } from 'change-case';
import { pluralize, singularize } from 'inflection';

/** A name in the spellings that code, files and databases use. */
export interface Spellings {
  /** order-line */
  readonly kebab: string;
  /** orderLine */
  readonly camel: string;
  /** OrderLine */
  readonly pascal: string;
  /** ORDER_LINE */
  readonly constant: string;
  /** order_line */
  readonly snake: string;
}

/** The longest name. Databases (63 bytes), host names (63) and identifiers put prefixes and suffixes around it. */
export const MAXIMUM_NAME_LENGTH = 40;

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any ending too, as in con.ts. */
const DEVICES = /^(con|prn|aux|nul|(com|lpt)\d)$/;

/** Names that a package cannot have, and why: each was tried through the tools. */
const NO_PACKAGES: Readonly<Record<string, string>> = {
  constructor: 'Nx takes it for two projects of one name, and fails for the whole workspace',
  scratch: 'Docker keeps the image scratch for itself, and the service’s image could not be tagged with its name',
};

/**
 * Checks a name from which file names, identifiers or database names derive.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkName(name: string): string | undefined {
  const problem = checkForm(name);
  if (problem !== undefined) {
    return problem;
  }
  return DEVICES.test(name)
    ? `${JSON.stringify(name)} cannot be used: on Windows it is a device, and no file or folder can have its name; try ${name}-item`
    : undefined;
}

/**
 * Checks the form of a name.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkForm(name: string): string | undefined {
  if (name.length > MAXIMUM_NAME_LENGTH) {
    return `has ${name.length} characters; at most ${MAXIMUM_NAME_LENGTH} are allowed, because names of databases and identifiers derive from it`;
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    return `${JSON.stringify(name)} is not a name in kebab-case: lower-case letters and digits in words joined by single hyphens, a letter first, as in order-lines; npm allows more, but identifiers, folders and databases derive from it`;
  }
  return undefined;
}

/**
 * Checks the name of a package, which Nx, npm and folders have.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkPackageName(name: string): string | undefined {
  const problem = checkName(name);
  if (problem !== undefined || !Object.hasOwn(NO_PACKAGES, name)) {
    return problem;
  }
  return `${JSON.stringify(name)} cannot be used: ${NO_PACKAGES[name]}; try ${name}-service`;
}

/**
 * Checks a name after which variables and types are named in the generated code.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkIdentifierName(name: string): string | undefined {
  return checkName(name) ?? checkTaken(name, [name]);
}

/**
 * Checks the name of a thing of which the generated code has lists too: in the singular, with a plural of its own.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkEntityName(name: string): string | undefined {
  const plural = pluralOf(name);
  if (/^pg-/.test(name)) {
    return `${JSON.stringify(name)} cannot be used: PostgreSQL keeps the names that begin with pg_ for tables of its own`;
  }
  const problem = checkName(name) ?? checkTaken(name, [name, plural]);
  if (problem !== undefined || plural !== name) {
    return problem;
  }
  return singularOf(name) === name
    ? `${JSON.stringify(name)} has no plural of its own, and lists are named by the plural; try ${name}-item`
    : `${JSON.stringify(name)} reads as a plural, and lists are named by the plural; give the singular, or try ${name}-item`;
}

/** A kebab-case name in the other spellings. Digits stay with the word before them: order-2 is order2 and Order2. */
export function spell(kebab: string): Spellings {
  return {
    kebab,
    camel: camelCase(kebab, { mergeAmbiguousCharacters: true }),
    pascal: pascalCase(kebab, { mergeAmbiguousCharacters: true }),
    constant: constantCase(kebab),
    snake: snakeCase(kebab),
  };
}

/** The plural of a kebab-case name: order-lines for order-line. */
export function pluralOf(kebab: string): string {
  return onLastWord(kebab, pluralize);
}

/** The singular of a kebab-case name: order-line for order-lines. */
export function singularOf(kebab: string): string {
  return onLastWord(kebab, singularize);
}

function checkTaken(name: string, forms: readonly string[]): string | undefined {
  const taken = forms.flatMap((each) => [spell(each).camel, spell(each).pascal]).find(isTaken);
  return taken === undefined
    ? undefined
    : `${JSON.stringify(name)} cannot be used: variables and types are named after it, and ${taken} belongs to JavaScript; try ${name}-item`;
}

function isTaken(identifier: string): boolean {
  if (isKeyword(identifier) || isStrictBindReservedWord(identifier, true)) {
    return true;
  }
  // Biome refuses variables with the names that every object inherits: constructor, toString, …
  if (identifier in Object.prototype) {
    return true;
  }
  return identifier in globalThis && languageGlobals().has(identifier);
}

/** The globals of the language itself (Date, Map, …), as an empty realm has them: without Node's and the web's. */
function languageGlobals(): ReadonlySet<string> {
  return new Set(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]);
}

function onLastWord(kebab: string, change: (word: string) => string): string {
  const start = kebab.lastIndexOf('-') + 1;
  return kebab.slice(0, start) + change(kebab.slice(start));
}
