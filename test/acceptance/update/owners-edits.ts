import type { Texts } from './earlier-workspace.ts';

/** What an owner does to a package, by its files. Every line that is new says so in a way that no other does. */
export type OwnersEdits = (files: Texts) => Texts;

/** Five small changes: code, a test, the README, the manifest, the configuration. */
export const realistic: OwnersEdits = (files) => {
  const code = pick(files, /^src\/(?!.*\.test\.ts$)(?!main|config|index)[\w-]+\.ts$/, 0.4);
  const tested = pick(files, /^src\/.*\.test\.ts$/, 0.5);
  const configuration = files.has('src/config.ts') ? 'src/config.ts' : 'src/index.ts';
  return edited(files, {
    [code]: (text) =>
      `${text}\n/** Rounds as the owner wants it. */\nexport const ownersRounding = (amount: number): number => Math.round(amount * 7);\n`,
    [tested]: (text) => withLineInside(text, '// The owner remembers why this is tested.'),
    'README.md': (text) => `${text}\n## Owner’s notes\n\nAsk the owner’s team before a change of amounts.\n`,
    'package.json': (text) => text.replace(/("private": true,)/, '$1\n  "author": "The owner of this package",'),
    [configuration]: (text) => withLineInside(text, '// The owner’s configuration begins here.'),
  });
};

/** A line in every third file, in its middle. */
export const lineInAThird: OwnersEdits = (files) => {
  const paths = [...files.keys()].filter(
    (path) => /\.(ts|md)$|^Dockerfile$/.test(path) && !path.startsWith('migrations/'),
  );
  const chosen = paths.filter((_, index) => index % 3 === 1);
  return edited(
    files,
    Object.fromEntries(
      chosen.map((path, index) => [path, (text: string) => withLine(path, text, `owner’s line ${index}`)]),
    ),
  );
};

/** A test and a source renamed, a test moved into a folder; imports follow. */
export const moved: OwnersEdits = (files) => {
  const tests = [...files.keys()].filter((path) => /^src\/[\w-]+\.test\.ts$/.test(path));
  const [renamed, other] = [tests.at(0), tests.length > 1 ? tests.at(-1) : undefined];
  const source = files.has('src/problem.ts') ? 'src/problem.ts' : 'src/split-evenly.ts';
  const target = source.replace(/\.ts$/, '-of-owner.ts');
  const name = source.replace('src/', '');
  const result = new Map<string, string>();
  for (const [path, text] of files) {
    const here = text.replaceAll(
      new RegExp(`(from '(?:\\.{1,2}/)+(?:src/)?)${name.replace('.', '\\.')}'`, 'g'),
      `$1${target.replace('src/', '')}'`,
    );
    if (path === source) {
      result.set(target, here);
    } else if (path === renamed) {
      result.set(path.replace('.test.ts', '-by-owner.test.ts'), here);
    } else if (path === other) {
      result.set(
        path.replace('src/', 'src/owners/'),
        here.replaceAll("from '../", "from '../../").replaceAll("from './", "from '../"),
      );
    } else {
      result.set(path, here);
    }
  }
  return result;
};

/** Every second test is gone. */
export const deletedTests: OwnersEdits = (files) => {
  const tests = [...files.keys()].filter((path) => path.endsWith('.test.ts'));
  const gone = new Set(tests.filter((_, index) => index % 2 === 1));
  return new Map([...files].filter(([path]) => !gone.has(path)));
};

/** A library newer than any template knows, and one more. */
export const dependencyRaised: OwnersEdits = (files) =>
  edited(files, {
    'package.json': (text) => {
      const manifest = JSON.parse(text);
      const [first] = Object.keys(manifest.dependencies ?? {});
      const dependencies = { ...manifest.dependencies, ...(first && { [first]: '99.1.2' }), semver: '98.7.6' };
      return `${JSON.stringify({ ...manifest, dependencies }, undefined, 2)}\n`.replaceAll(
        /\[\s+("[^\]{}]*?")\s+\]/g,
        (_, items: string) => `[${items.replaceAll(/\s*\n\s*/g, ' ')}]`,
      );
    },
  });

/**
 * The owner's lines that are in no file of a result, formatting aside: those of `after` that no file of `before` has.
 */
export function lostLines(before: Texts, after: Texts, result: Texts): readonly string[] {
  const known = new Set([...before.values()].flatMap((text) => text.split('\n').map(squeezed)));
  const there = [...result.values()].map((text) => text.replaceAll(/\s/g, '')).join('\n');
  const lines = [...after.values()].flatMap((text) => text.split('\n'));
  return lines.filter((line) => !known.has(squeezed(line)) && !there.includes(squeezed(line)));
}

/** A line without what formatting changes; the dashes under a table's head are as many as its columns are wide. */
function squeezed(line: string): string {
  return /^[|:\s-]+$/.test(line) ? '' : line.replaceAll(/\s/g, '').replace(/,$/, '');
}

function edited(files: Texts, edits: Readonly<Record<string, (text: string) => string>>): Texts {
  return new Map([...files].map(([path, text]) => [path, edits[path]?.(text) ?? text]));
}

function pick(files: Texts, pattern: RegExp, share: number): string {
  const found = [...files.keys()].filter((path) => pattern.test(path));
  return found[Math.floor(found.length * share)] ?? '';
}

function withLine(path: string, text: string, said: string): string {
  if (path.endsWith('.md')) {
    return `${text}\nThe ${said}.\n`;
  }
  return path.endsWith('.ts') ? withLineInside(text, `// The ${said}.`) : `# The ${said}.\n${text}`;
}

/** Puts a line after a statement in the middle of code, not inside a template string. */
function withLineInside(text: string, line: string): string {
  const lines = text.split('\n');
  const isOutside = (index: number) =>
    (lines
      .slice(0, index + 1)
      .join('\n')
      .match(/`/g)?.length ?? 0) %
      2 ===
    0;
  const places = lines.flatMap((each, index) => (/^\s{0,4}\S.*;$/.test(each) && isOutside(index) ? [index] : []));
  const place = places[Math.floor(places.length / 2)] ?? lines.length - 2;
  const indent = /^\s*/.exec(lines[place] ?? '')?.[0] ?? '';
  return lines.toSpliced(place + 1, 0, `${indent}${line}`).join('\n');
}
