import { EXIT, Failure } from '../failure.ts';

/**
 * A file of the owner's that is not as an edit expects it.
 * @param path of the file, relative to the workspace.
 * @param lookedFor what was looked for, to follow "has no": `variable needs that is an object`.
 * @param lines what the edit would have added, for the owner to add by hand.
 */
export function missingStructure(path: string, lookedFor: string, lines: string): Failure {
  return new Failure(
    EXIT.conflict,
    `${path} has no ${lookedFor}, to which this was to be added:\n${indent(lines)}`,
    'Nothing was written. Add the lines by hand where they belong now, and restore what was looked for; what is there already is left alone.',
  );
}

/** Something else has the place that an edit wanted. */
export function takenPlace(path: string, what: string, found: string, wanted: string): Failure {
  return new Failure(
    EXIT.conflict,
    `${path} has ${what} already:\n${indent(found)}\nIt was to be:\n${indent(wanted)}`,
    'Nothing was written. Choose another name, or change what is there.',
  );
}

function indent(lines: string): string {
  return lines.replaceAll(/^/gm, '  ');
}
