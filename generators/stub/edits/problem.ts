import { functionNamed, ifCalling, inside } from '../../engine/edit/places.ts';
import { TypeScriptFile } from '../../engine/edit/typescript-file.ts';

const STATUSES = `const upstreamStatus = { timeout: 504, busy: 503, unreachable: 502, failed: 502, refused: 502, invalid: 502 };
`;

const PROBLEM = `function problemOfUpstream({ failure, message, retryAfterMs }: UpstreamError): Problem {
  const told = problem(upstreamStatus[failure], message);
  return retryAfterMs === undefined ? told : { ...told, retryAfter: Math.ceil(retryAfterMs / 1000) };
}
`;

/** Tells callers of errors of upstreams, where there is the first. */
export function editProblem(path: string, text: string): string {
  const file = new TypeScriptFile(path, text);
  const problemOf = functionNamed('problemOf');
  const isOfFastify = functionNamed('isOfFastify');
  const condition = {
    place: inside(problemOf, ifCalling('isOfFastify')),
    words: 'if (isOfFastify(error)) in problemOf',
  };
  file.addImport({ name: 'UpstreamError', from: './upstream-error.ts' });
  file.addBefore({ place: problemOf, words: 'function problemOf' }, STATUSES);
  file.addBefore(condition, 'if (error instanceof UpstreamError) return problemOfUpstream(error);');
  file.addBefore({ place: isOfFastify, words: 'function isOfFastify' }, PROBLEM);
  return file.text;
}
