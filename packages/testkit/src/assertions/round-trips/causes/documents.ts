import { counted } from '../../../kinds/shared/counted.ts';

/** A number of JSON as it is written, since a JavaScript number may not be it. */
class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** Where two documents differ first, and why. */
export function documentCause(written: string, came: string): string | undefined {
  const [before, after] = [parse(written), parse(came)];
  if (after === undefined) {
    return 'it is not JSON any more';
  }
  if (typeof after === 'string' && typeof before !== 'string') {
    return 'encoded as JSON twice: the document became a string';
  }
  return difference(before, after, '');
}

function parse(text: string): unknown {
  const reviver: Reviver = (_, value, context) =>
    typeof value === 'number' ? new Digits(context?.source ?? String(value)) : value;
  try {
    return JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}

function difference(before: unknown, after: unknown, path: string): string | undefined {
  const place = path === '' ? 'the document' : path;
  if (before instanceof Digits && after instanceof Digits) {
    if (Number(before.text) !== Number(after.text)) {
      return `the number ${place} changed`;
    }
    return before.text === after.text
      ? undefined
      : `the number ${place} went through JSON.parse, which makes it a float`;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) {
      return `${place} had ${counted(before.length, 'element')}, and has ${after.length}`;
    }
    return firstOf(before.map((item, index) => difference(item, after[index], `${path}[${index}]`)));
  }
  if (isObject(before) && isObject(after)) {
    const lost = Object.keys(before).find((key) => !Object.hasOwn(after, key));
    if (lost !== undefined) {
      return `a field of the JSON was lost: ${join(path, lost)}`;
    }
    const added = Object.keys(after).find((key) => !Object.hasOwn(before, key));
    if (added !== undefined) {
      return `a field was added to the JSON: ${join(path, added)}`;
    }
    return firstOf(Object.keys(before).map((key) => difference(before[key], after[key], join(path, key))));
  }
  if (before === after) {
    return undefined;
  }
  return `${place} changed from ${show(before)} to ${show(after)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Digits);
}

function join(path: string, key: string): string {
  const name = /^[^.[\]\s"]+$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? name : `${path}.${name}`;
}

function firstOf(found: readonly (string | undefined)[]): string | undefined {
  return found.find((cause) => cause !== undefined);
}

function show(value: unknown): string {
  return value instanceof Digits ? value.text : JSON.stringify(value);
}
