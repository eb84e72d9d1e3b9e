import { EXIT, Failure } from '../engine/failure.ts';
import { JsonFile } from '../engine/structures/json-file.ts';

const IMAGES = ['nx', 'namedInputs', 'images'];
const PINS = '{workspaceRoot}/images.json';

/**
 * Lets the tests depend on the image of a server, and adds libraries.
 * @param image its key in images.json.
 * @param libraries versions by name.
 * @throws Failure (conflict) when a library is there in another version.
 */
export function editManifest(
  path: string,
  text: string,
  image: string,
  libraries: Readonly<Record<string, string>>,
): string {
  const file = new JsonFile(path, text);
  addImage(file, image);
  addLibraries(file, libraries);
  return file.text;
}

function addImage(file: JsonFile, image: string): void {
  const images = file.valueAt(IMAGES);
  // Without an input of its own the package depends on all images.
  if (!Array.isArray(images)) return;
  const index = images.findIndex((each) => each?.json === PINS);
  if (index === -1) {
    file.addItem(IMAGES, { json: PINS, fields: [image] });
  } else {
    file.addItem([...IMAGES, index, 'fields'], image);
  }
}

function addLibraries(file: JsonFile, libraries: Readonly<Record<string, string>>): void {
  for (const [name, version] of Object.entries(libraries)) file.addEntry(['dependencies'], name, version);
}

/**
 * The libraries in the versions that the workspace has.
 * @throws Failure when it does not have one of them.
 */
export function pinned(
  names: readonly string[],
  versions: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name) => {
      const version = versions[name];
      if (version === undefined) {
        throw new Failure(
          EXIT.failed,
          `The package needs ${name}, and the devDependencies of the root package.json, which say the versions of libraries, do not have it`,
          `Add it there: npm install --save-dev --save-exact ${name}`,
        );
      }
      return [name, version];
    }),
  );
}
