import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import { DocumentError } from './document-error.ts';

/** More than the largest interfaces that are used in practice; a hand or a client is lost in them long before. */
const LONGEST = 5 * 1024 * 1024;
/** Far more than people write; a document with more would be a trap. */
const MOST_ALIASES = 1000;

const DEEPEST = 200;

/** A document as it was written. */
export interface Parsed {
  readonly value: unknown;
  /** The line of a place, by the segments of its JSON pointer; of the nearest place around it where it is not there. */
  lineOf(segments: readonly string[]): number;
}

/**
 * Parses JSON or YAML.
 * @param source the file's name, for messages.
 * @throws {DocumentError} with the line of the mistake.
 */
export function parseText(text: string, source: string): Parsed {
  if (text.length > LONGEST) {
    throw new DocumentError(`${source} has ${(text.length / 1024 / 1024).toFixed(1)} MiB; at most 5 are read`);
  }
  const lines = new LineCounter();
  const parse = () => parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const json = asJson(text);
  let yaml = json === undefined ? parse() : undefined;
  const value = yaml === undefined ? json : asYaml(yaml, source, lines);
  if (isDeeper(value, DEEPEST)) {
    throw new DocumentError(`${source} is nested too deeply to be read`);
  }
  return {
    value,
    lineOf(segments) {
      yaml ??= parse();
      return lines.linePos(offsetOf(yaml, segments)).line;
    },
  };
}

/** JSON is YAML too; JSON.parse is quicker by far. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function asYaml(yaml: YamlDocument.Parsed, source: string, lines: LineCounter): unknown {
  const [error] = yaml.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new DocumentError(`${source}:${line}:${col} is neither JSON nor YAML: ${error.message}`);
  }
  try {
    const value: unknown = yaml.toJS({ maxAliasCount: MOST_ALIASES });
    // Aliases can make a loop, or one value that stands in thousands of places.
    if ((JSON.stringify(value) ?? '').length > LONGEST) {
      throw new Error('its aliases make it more than 5 MiB');
    }
    return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  } catch (cause) {
    throw new DocumentError(`${source} cannot be read: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
}

function offsetOf(yaml: YamlDocument.Parsed, segments: readonly string[]): number {
  let node: unknown = yaml.contents;
  let offset = 0;
  for (const segment of segments) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
      if (pair === undefined) {
        break;
      }
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      offset = (node as { range?: [number] } | undefined)?.range?.[0] ?? offset;
    } else {
      break;
    }
  }
  return offset;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
