import { JsonFile } from '../engine/edit/json-file.ts';
import { EXIT, Failure } from '../engine/failure.ts';

const IMAGES = ['nx', 'namedInputs', 'images'];
const PINS = '{workspaceRoot}/images.json';

/** The dependencies of a package. */
interface Libraries {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * Lets the tests depend on the image of a server, and adds libraries.
 * @param image its key in images.json.
 * @param libraries versions by name, and those that only tests or the compiler need.
 * @throws {Failure} (conflict) when a library is there in another version.
 */
export function editManifest(path: string, text: string, image: string, libraries: Libraries): string {
  const file = new JsonFile(path, text);
  addImage(file, image);
  for (const group of ['dependencies', 'devDependencies'] as const) {
    for (const [name, version] of Object.entries(libraries[group] ?? {})) {
      file.addEntry([group], name, version);
    }
  }
  return file.text;
}

function addImage(file: JsonFile, image: string): void {
  const images = file.valueAt(IMAGES);
  // Without an input of its own the package depends on all images.
  if (!Array.isArray(images)) {
    return;
  }
  const index = images.findIndex((each) => each?.json === PINS);
  if (index === -1) {
    file.addItem(IMAGES, { json: PINS, fields: [image] });
  } else {
    file.addItem([...IMAGES, index, 'fields'], image);
  }
}

/**
 * The libraries in the versions that the workspace has.
 * @throws {Failure} when it does not have one of them.
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
          `The package needs ${name}, and nothing says in which version`,
          `Add it to the root's package.json: npm install --save-dev --save-exact ${name}`,
        );
      }
      return [name, version];
    }),
  );
}
