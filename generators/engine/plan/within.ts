/** A path of a folder as one of the workspace; the folder `.` is the root. */
export function within(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}
