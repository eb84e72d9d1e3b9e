import type { Finding, Rule } from '../finding.ts';
import { isTool, pathIn, rootName } from '../owner.ts';
import type { Package, Place, Repository } from '../repository.ts';

const TODO = 'Pin it in images.json, and take it from there: the testkit does, by the needs of the package.';

export const images: Rule = {
  name: 'images',
  asks: 'images are pinned in images.json, and nowhere else',
  check: (repository) => {
    const { packages, images: pinned, rootTexts } = repository;
    const workspace = rootName(packages);
    const loose = Object.entries(pinned)
      .filter(([, image]) => !isPinned(image))
      .map(([kind, image]) => ({
        package: workspace,
        what: `images.json names ${image} for ${kind}, which is another image every day`,
        todo: 'Name a version: its tag, or its digest.',
      }));
    const elsewhere = packages.flatMap((each) => inPackage(each, repository));
    const inCi = [...rootTexts].flatMap(([path, text]) =>
      imagesIn(text)
        .filter(({ text: image }) => nameOf(image) in byName(pinned))
        .map((place) => tell(workspace, path, place, pinned)),
    );
    return [...loose, ...elsewhere, ...inCi];
  },
};

function inPackage(each: Package, { images: pinned }: Repository): Omit<Finding, 'rule'>[] {
  const known = byName(pinned);
  const code = [...each.sources].flatMap(([path, { images: found, literals }]) => {
    // The tools' own tests speak of images that nobody starts.
    const named = isTool(each) ? [] : literals.filter(({ text }) => nameOf(text) in known && !isAddress(text));
    const lines = new Map([...named, ...found].map((place) => [`${place.line} ${place.text}`, place]));
    return [...lines.values()].map((place) => [path, place] as const);
  });
  const texts = [...each.texts].flatMap(([path, text]) => imagesIn(text).map((place) => [path, place] as const));
  return [...code, ...texts].map(([path, place]) => tell(each.name, pathIn(each, path), place, pinned));
}

function tell(name: string, path: string, { text, line }: Place, pinned: Repository['images']): Omit<Finding, 'rule'> {
  const other = byName(pinned)[nameOf(text)];
  const compared = other === undefined || other === text ? '' : `, where images.json has ${other}`;
  return { package: name, what: `${path}:${line} names the image ${text}${compared}`, todo: TODO };
}

/** A host and its port, as in redis:6379, has the form of an image; no tag of these images is such a number. */
function isAddress(text: string): boolean {
  return /:\d{4,5}$/.test(text);
}

/** Pinned images by their names without registry and tag. */
function byName(pinned: Repository['images']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.values(pinned).map((image) => [nameOf(image), image]));
}

function nameOf(image: string): string {
  return image
    .replace(/@.*/, '')
    .replace(/:[^/:]+$/, '')
    .replace(/^(docker\.io|index\.docker\.io)\//, '')
    .replace(/^library\//, '');
}

function isPinned(image: string): boolean {
  const [name = '', digest] = image.split('@');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return /^sha256:[0-9a-f]{64}$/.test(digest ?? '') || (tag !== undefined && tag !== 'latest');
}

/** The images of compose files, of services in CI, and of commands that start containers. */
function imagesIn(text: string): readonly Place[] {
  return text.split('\n').flatMap((line, index) => {
    const image =
      /^\s*(?:-\s*)?["']?(?:image|name)["']?:\s*["']?([^\s"'#,]+:[^\s"'#,]+)/.exec(line)?.[1] ??
      /^\s*-\s+["']?([a-z][\w./-]*:[\w.-]+)["']?\s*$/.exec(line)?.[1] ??
      /\bdocker (?:run|pull)\b.*?\s([a-z][\w./-]*:[\w.-]+)(?=\s|$)/.exec(line)?.[1] ??
      /^\w*IMAGE\w*\s*=\s*["']?([\w./-]+:[\w.-]+)/.exec(line)?.[1];
    return image === undefined || image.includes('$') || isAddress(image) ? [] : [{ text: image, line: index + 1 }];
  });
}
