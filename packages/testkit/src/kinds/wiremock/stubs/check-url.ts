import { namesOfTemplate, VARIABLE } from './path-template.ts';

type Fields = Readonly<Record<string, unknown>>;

const URL_MATCHERS = ['url', 'urlPattern', 'urlPath', 'urlPathPattern', 'urlPathTemplate'];
/** Characters that clients never send as they are: RFC 3986 has no place for them, and the WHATWG's URL encodes them. */
const ENCODED_IN_PATH = /[^\x21-\x7e]|["#<>`{}]/gu;
const ENCODED_IN_QUERY = /[^\x21-\x7e]|["#<>]/gu;

/** Says what is wrong with how a stub gives its URL, one sentence each: also what WireMock takes, and never matches. */
export function problemsOfUrl(request: Fields): string[] {
  const given = URL_MATCHERS.filter((key) => request[key] !== undefined);
  const problems: string[] = [];
  if (given.length > 1) {
    problems.push(`"request" gives the URL in ${given.length} ways (${given.join(', ')}): keep one`);
  }
  for (const key of given) {
    const value = request[key];
    if (typeof value === 'string') {
      problems.push(...problemsOfValue(key, value));
    } else {
      problems.push(`"request.${key}" must be a string`);
    }
  }
  return [...problems, ...problemsOfPathParameters(request), ...problemsOfQuery(request)];
}

function problemsOfValue(key: string, value: string): string[] {
  if (/^\^?\w+:\/\//.test(value)) {
    return [`"request.${key}" is an absolute URL: give the path only, as /rates/EUR`];
  }
  if (key.endsWith('Pattern')) {
    const inner = value.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
    if (!/(?<![\\[])[\^]|(?<!\\)\$/.test(inner)) {
      return [];
    }
    return [
      `"request.${key}" has ^ or $ inside: leave them out, WireMock compares the whole ${key === 'urlPattern' ? 'URL' : 'path'}`,
    ];
  }
  if (!value.startsWith('/')) {
    return [`"request.${key}" must begin with a slash: /${value}`];
  }
  if (key !== 'url' && value.replaceAll(VARIABLE, '').includes('?')) {
    return [`"request.${key}" has a query: give it as "queryParameters", or use "url"`];
  }
  return problemsOfCharacters(key, value);
}

function problemsOfCharacters(key: string, value: string): string[] {
  const isTemplate = key === 'urlPathTemplate';
  const names = namesOfTemplate(value.split('?', 1)[0] as string);
  if (!isTemplate && names.length > 0) {
    return [
      `"request.${key}" never matches: {${names[0]}} is compared as it is. Names in braces are "urlPathTemplate"'s`,
    ];
  }
  const [character] = unsent(isTemplate ? value.replaceAll(VARIABLE, '') : value);
  if (character === undefined) {
    return [];
  }
  const right = isTemplate ? '' : `: ${encoded(value)}`;
  return [
    `"request.${key}" never matches: clients send ${JSON.stringify(character)} percent-encoded. Give it like that${right}`,
  ];
}

/** Characters of a URL that clients do not send as they are. */
function unsent(url: string): string[] {
  const [path = '', ...query] = url.split('?');
  return [...(path.match(ENCODED_IN_PATH) ?? []), ...query.flatMap((part) => part.match(ENCODED_IN_QUERY) ?? [])];
}

function encoded(url: string): string {
  const [path = '', ...query] = url.toWellFormed().split('?');
  return [
    path.replaceAll(ENCODED_IN_PATH, encodeURIComponent),
    ...query.map((part) => part.replaceAll(ENCODED_IN_QUERY, encodeURIComponent)),
  ].join('?');
}

/** WireMock ignores path parameters without a template, and never matches one that the template lacks. */
function problemsOfPathParameters({ pathParameters, urlPathTemplate }: Fields): string[] {
  if (pathParameters === undefined) {
    return [];
  }
  if (typeof pathParameters !== 'object' || pathParameters === null || Array.isArray(pathParameters)) {
    return ['"request.pathParameters" must be an object'];
  }
  if (typeof urlPathTemplate !== 'string') {
    return ['"request.pathParameters" are those of "urlPathTemplate": give the path by it, as /rates/{currency}'];
  }
  const names = namesOfTemplate(urlPathTemplate);
  const known = names.length === 0 ? 'no names in braces' : names.map((name) => `{${name}}`).join(', ');
  return Object.entries(pathParameters).flatMap(([name, matcher]) => {
    const path = `"request.pathParameters.${name}"`;
    if (!names.includes(name)) {
      return [`${path} never matches: the template ${urlPathTemplate} has ${known}`];
    }
    if (matcher?.absent === true) {
      return [`${path} never matches: a part of the path is never absent`];
    }
    return [];
  });
}

/** `url` is the whole of path and query: a parameter that it lacks can be there in no request that it fits. */
function problemsOfQuery({ url, queryParameters }: Fields): string[] {
  if (typeof url !== 'string' || typeof queryParameters !== 'object' || queryParameters === null) {
    return [];
  }
  const own = new URLSearchParams(url.split('?').slice(1).join('?'));
  const lacking = Object.entries(queryParameters).find(([name, matcher]) => !own.has(name) && matcher?.absent !== true);
  if (lacking === undefined) {
    return [];
  }
  return [
    `"request.queryParameters.${lacking[0]}" never matches: "url" is path and query as a whole. Give the path as "urlPath"`,
  ];
}
