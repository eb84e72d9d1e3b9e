import type { Rule } from '../finding.ts';

const TODO = 'Pin it in images.json, and take it from there: the testkit does, by the needs of the package.';

export const images: Rule = {
  name: 'images',
  asks: 'images are pinned in images.json, and nowhere else',
  check: ({ packages, images: pinned }) => {
    const workspace = packages.find(({ folder }) => folder === '.')?.name ?? '';
    const loose = Object.entries(pinned)
      .filter(([, image]) => !isPinned(image))
      .map(([kind, image]) => ({
        package: workspace,
        what: `images.json names ${image} for ${kind}, which is another image every day`,
        todo: 'Name a version: its tag, or its digest.',
      }));
    const elsewhere = packages.flatMap(({ name, folder, sources, texts }) =>
      [
        ...[...sources].map(([path, source]) => [path, source.images] as const),
        ...[...texts].map(([path, text]) => [path, imagesIn(path, text)] as const),
      ].flatMap(([path, found]) =>
        found.map(({ text, line }) => ({
          package: name,
          what: `${folder === '.' ? '' : `${folder}/`}${path}:${line} names the image ${text}`,
          todo: TODO,
        })),
      ),
    );
    return [...loose, ...elsewhere];
  },
};

function isPinned(image: string): boolean {
  const [name = '', digest] = image.split('@');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return /^sha256:[0-9a-f]{64}$/.test(digest ?? '') || (tag !== undefined && tag !== 'latest');
}

/** The images of a compose file. */
function imagesIn(path: string, text: string) {
  if (!/(^|\/)(docker-)?compose[^/]*\.ya?ml$/.test(path)) return [];
  return text.split('\n').flatMap((line, index) => {
    const image = /^\s*image:\s*["']?([^\s"'#]+)/.exec(line)?.[1];
    return image === undefined ? [] : [{ text: image, line: index + 1 }];
  });
}
