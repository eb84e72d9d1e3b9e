/** How a parameter is written: the styles of OpenAPI (3.1.1, 4.8.12). */
export interface ParameterDescription {
  readonly name: string;
  readonly in: string;
  readonly style: string;
  readonly explode: boolean;
  readonly json: boolean;
}

/** The arguments of an operation. */
export interface RequestInput {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' };

/** The path and query of a request, below the base URL. */
export function urlOf(path: string, parameters: readonly ParameterDescription[], input: RequestInput): string {
  const [sent = ''] = path.split('#');
  const filled = sent.replaceAll(/[^{}]+|\{([^{}]*)\}/g, (text, name?: string) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
    return parameter === undefined ? encodeURI(text) : pathValue(parameter, input.path?.[parameter.name]);
  });
  const query = pairsOf('query', parameters, input.query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

/** The headers that are parameters, cookies among them. */
export function headersOf(parameters: readonly ParameterDescription[], input: RequestInput): Record<string, string> {
  const headers = parameters
    .filter((each) => each.in === 'header' && input.header?.[each.name] !== undefined)
    .map((each) => [each.name, simple(each, input.header?.[each.name], String)]);
  const cookies = pairsOf('cookie', parameters, input.cookie).map(([name, value]) => `${name}=${encode(value)}`);
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}) };
}

/** The body as it is sent for its content type. */
export function bodyOf(type: string, body: unknown): string | Uint8Array<ArrayBuffer> | URLSearchParams | FormData {
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    return new URLSearchParams(fieldsOf(body));
  }
  if (/^multipart\/form-data/i.test(type)) {
    const form = new FormData();
    for (const [name, value] of fieldsOf(body)) {
      form.append(name, value);
    }
    return form;
  }
  if (/^[^;]*\bjson\b/i.test(type)) {
    return JSON.stringify(body);
  }
  return body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : String(body);
}

function fieldsOf(body: unknown): [string, string][] {
  return Object.entries(body ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, text(each)]),
  );
}

function pathValue(parameter: ParameterDescription, value: unknown): string {
  const { name, style, explode } = parameter;
  const written = simple(parameter, value, encode);
  if (['', '.', '..'].includes(written)) {
    throw new TypeError(`'${written}' cannot be ${name} in a path`);
  }
  if (style === 'label') {
    return `.${explode ? written.replaceAll(',', '.') : written}`;
  }
  if (style !== 'matrix') {
    return written;
  }
  if (!explode || !isList(value)) {
    return `;${encode(name)}=${written}`;
  }
  return `;${(Array.isArray(value) ? value.map((each) => `${encode(name)}=${encode(text(each))}`) : written.split(',')).join(';')}`;
}

/** `a,b` for a list; `a,1,b,2` for an object, or `a=1,b=2` where it explodes. */
function simple({ json, explode }: ParameterDescription, value: unknown, write: (text: string) => string): string {
  if (json) {
    return write(JSON.stringify(value));
  }
  if (Array.isArray(value)) {
    return value.map((each) => write(text(each))).join(',');
  }
  if (!isList(value)) {
    return write(text(value));
  }
  return entriesOf(value)
    .map(([key, each]) => `${write(key)}${explode ? '=' : ','}${write(text(each))}`)
    .join(',');
}

function pairsOf(
  place: string,
  parameters: readonly ParameterDescription[],
  values: Readonly<Record<string, unknown>> = {},
): [string, string][] {
  return parameters
    .filter((each) => each.in === place && values[each.name] !== undefined)
    .flatMap((each) => pairs(each, values[each.name]));
}

function pairs({ name, style, explode, json }: ParameterDescription, value: unknown): [string, string][] {
  if (json) {
    return [[name, JSON.stringify(value)]];
  }
  if (!isList(value)) {
    return [[name, text(value)]];
  }
  if (style === 'deepObject') {
    return entriesOf(value).map(([key, each]) => [`${name}[${key}]`, text(each)]);
  }
  if (Array.isArray(value)) {
    if (explode) {
      return value.map((each) => [name, text(each)]);
    }
    return [[name, value.map(text).join(SEPARATORS[style] ?? ',')]];
  }
  if (explode) {
    return entriesOf(value).map(([key, each]) => [key, text(each)]);
  }
  return [
    [
      name,
      entriesOf(value)
        .flat()
        .map(text)
        .join(SEPARATORS[style] ?? ','),
    ],
  ];
}

function isList(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, each]) => each !== undefined);
}

function text(value: unknown): string {
  return isList(value) ? JSON.stringify(value) : String(value);
}

function encode(value: string): string {
  return encodeURIComponent(value);
}
