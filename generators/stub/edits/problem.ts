import { functionNamed, ifCalling, inside } from '../../engine/edit/places.ts';
import { TypeScriptFile } from '../../engine/edit/typescript-file.ts';

/** Tells callers of errors of upstreams, where there is the first. */
export function editProblem(path: string, text: string): string {
  const file = new TypeScriptFile(path, text);
  const problemOf = functionNamed('problemOf');
  const condition = {
    place: inside(problemOf, ifCalling('isOfFastify')),
    words: 'if (isOfFastify(error)) in problemOf',
  };
  file.addImport({ name: 'UpstreamError', from: './upstream-error.ts' });
  file.addImport({ name: 'upstreamProblem', from: './upstream-problem.ts' });
  file.addBefore(condition, 'if (error instanceof UpstreamError) return upstreamProblem(error);');
  return file.text;
}
