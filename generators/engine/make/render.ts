import handlebars from 'handlebars';
import { EXIT, Failure, messageOf } from '../failure.ts';
import type { TemplateFile } from './template.ts';

/** A file as it is to be, relative to the folder that is generated. */
export interface RenderedFile {
  /** With forward slashes. */
  readonly path: string;
  readonly content: Buffer;
}

/** A rendered file, with the template that it comes from. */
export interface RenderedTemplate extends RenderedFile {
  /** Relative to the workspace. */
  readonly source: string;
  /** Whether it is the template's bytes as they are. */
  readonly copied: boolean;
}

/** A layer with its files read. */
export interface LoadedLayer {
  readonly files: readonly TemplateFile[];
  readonly model: Readonly<Record<string, unknown>>;
}

// An instance of its own: helpers that Plop or others register on the global one do not reach it.
const engine = handlebars.create();
const compiled = new Map<string, (model: unknown) => string>();

/**
 * Renders layers, in the order of the templates. Strict: a placeholder that the model does not have is an error.
 * @throws {Failure} that names the template file, and the placeholder where it is about one.
 */
export function renderLayers(layers: readonly LoadedLayer[]): readonly RenderedTemplate[] {
  return layers.flatMap(({ files, model }) => {
    const closed = closeModel(model);
    return files.map((file) => {
      const segments = file.path.split('/');
      const path = segments.map((each, index) => renderSegment(each, index === segments.length - 1, closed, file));
      const copied = !file.path.endsWith('.hbs');
      const content = copied ? file.content : Buffer.from(render(file.content.toString('utf8'), closed, file));
      return { path: path.join('/'), content, source: file.source, copied };
    });
  });
}

function renderSegment(segment: string, last: boolean, model: unknown, file: TemplateFile): string {
  const bare = last && segment.endsWith('.hbs') ? segment.slice(0, -'.hbs'.length) : segment;
  const name = render(bare.startsWith('dot-') ? `.${bare.slice('dot-'.length)}` : bare, model, file);
  if (name === '' || name === '.' || name === '..' || /[/\\\p{Cc}]/u.test(name)) {
    throw new Failure(
      EXIT.failed,
      `The name ${segment} in ${file.source} renders to ${JSON.stringify(name)}, which cannot be a name of a file`,
      'A rendered name must not be empty, a dot or two, or hold a separator.',
    );
  }
  return name;
}

function render(text: string, model: unknown, file: TemplateFile): string {
  if (!text.includes('{{')) {
    return text;
  }
  try {
    return compile(text)(model);
  } catch (error) {
    const unknown = /^"(.+?)" not defined/.exec(messageOf(error))?.[1];
    const reason = unknown === undefined ? messageOf(error) : `the model has no ${JSON.stringify(unknown)}`;
    throw new Failure(
      EXIT.failed,
      `${file.source} cannot be rendered: ${reason}`,
      'Correct the template, or add what it names to the generator’s model.',
      error,
    );
  }
}

function compile(text: string): (model: unknown) => string {
  const template = compiled.get(text) ?? engine.compile(text, { strict: true, noEscape: true, knownHelpersOnly: true });
  compiled.set(text, template);
  return template;
}

/**
 * A copy of which a template can read nothing but what the model has: no prototypes, and no silence about names that
 * are not there. Handlebars' own strictness leaves out the arguments of blocks.
 */
function closeModel(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const copy = Array.isArray(value)
    ? value.map(closeModel)
    : Object.assign(
        Object.create(null, { [Symbol.toPrimitive]: { value: () => 'the model' } }),
        Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closeModel(each)])),
      );
  return new Proxy(copy, { get: readKnown });
}

function readKnown(target: object, name: string | symbol): unknown {
  if (typeof name === 'string' && !(name in target)) {
    throw new Error(`"${name}" not defined in the model`);
  }
  return Reflect.get(target, name);
}
