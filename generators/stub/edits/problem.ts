import { upstreamError } from '../../capabilities/upstream.ts';
import { functionNamed, ifCalling, inside } from '../../engine/edit/places.ts';
import { TypeScriptFile } from '../../engine/edit/typescript-file.ts';

/** Tells callers of errors of upstreams, where there is the first. */
export function editProblem(path: string, text: string): string {
  const file = new TypeScriptFile(path, text);
  const problemOf = functionNamed('problemOf');
  const place = {
    place: inside(problemOf, ifCalling('isOfFastify')),
    words: 'if (isOfFastify(error)) in problemOf',
  };
  for (const each of upstreamError.imports) {
    file.addImport(each);
  }
  file.addBefore(place, `if (${upstreamError.condition}) {\n  return ${upstreamError.problem};\n}`);
  return file.text;
}
