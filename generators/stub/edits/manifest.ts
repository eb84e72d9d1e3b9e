import { JsonFile } from '../../engine/structures/json-file.ts';

const IMAGES = ['nx', 'namedInputs', 'images'];
const PINS = '{workspaceRoot}/images.json';

/**
 * Lets the tests depend on WireMock's image, and adds libraries.
 * @param libraries versions by name.
 */
export function editManifest(path: string, text: string, libraries: Readonly<Record<string, string>>): string {
  const file = new JsonFile(path, text);
  const images = file.valueAt(IMAGES);
  // Without an input of its own the package depends on all images.
  if (Array.isArray(images)) {
    const index = images.findIndex((each) => each?.json === PINS);
    if (index === -1) {
      file.addItem(IMAGES, { json: PINS, fields: ['wiremock'] });
    } else {
      file.addItem([...IMAGES, index, 'fields'], 'wiremock');
    }
  }
  for (const [name, version] of Object.entries(libraries)) {
    file.addEntry(['dependencies'], name, version);
  }
  return file.text;
}
