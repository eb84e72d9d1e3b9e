import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADOPTION_FILE, parseAdoption } from '@splitlevel/guards/left-tests';
import type { Suite } from './classify.ts';
import { placesOf } from './moves.ts';
import type { Observed } from './observe.ts';
import type { AdoptedPackage } from './read-package.ts';
import { rewriteSources } from './rewrite-package.ts';
import { configurationFates, isDropped } from './settings/configuration-files.ts';
import type { Fate } from './settings/fate.ts';
import { settleManifest } from './settings/manifest.ts';
import { settleTypes } from './settings/tsconfig.ts';
import { withoutTests } from './settings/vite-config.ts';
import { scriptFates, vitestFates } from './settings/vitest-fates.ts';
import type { Draft } from './trial.ts';

/** Reported of a draft beside its files. */
export interface Told {
  readonly fates: readonly Fate[];
  /** Faults that the owner has to mend. */
  readonly problems: readonly string[];
}

/**
 * Decides what is to become of a package.
 * @param suites of the tests that are placed, by path.
 * @param stays why the others stay, by path.
 * @param vitest the version of the workspace's.
 */
export function makeDraft(
  root: string,
  adopted: AdoptedPackage,
  observed: Observed,
  suites: ReadonlyMap<string, Suite>,
  stays: ReadonlyMap<string, string>,
  vitest: string,
): Draft & Told {
  const { folder, files, project } = adopted;
  const read = (path: string) => (files.has(path) ? readFileSync(join(root, folder, path), 'utf8') : undefined);
  const has = (['unit', 'integration'] as const).filter((suite) => [...suites.values()].includes(suite));
  const { places, snapshots } = placesOf(adopted, suites);
  const moved = new Map([...places, ...snapshots].filter(([from, to]) => from !== to));

  const tsconfig = read('tsconfig.json');
  const types = settleTypes(tsconfig, has, {
    folders: foldersOf(files, observed),
    hasJavaScript: [...files].some((path) => /^src\/.*\.[cm]?jsx?$/.test(path) && !suites.has(path)),
    isCommonJs: adopted.manifest.type !== 'module',
  });
  const isBundled = /"moduleResolution"\s*:\s*"bundler"|"module"\s*:\s*"preserve"/i.test(types.text);
  const manifest = settleManifest(read('package.json') ?? '{}', project, has, vitest);
  const sources = rewriteSources({ adopted, observed, moved, tsconfig, isBundled });
  const vite = settleVite(adopted, observed, read);
  const texts = new Map([...sources].map(([path, text]) => [moved.get(path) ?? path, text]));
  texts.set('package.json', manifest.text);
  texts.set('tsconfig.json', types.text);
  if (vite.text !== undefined) {
    texts.set(vite.path, vite.text);
  }
  if (stays.size > 0) {
    texts.set(ADOPTION_FILE, listOf(stays, read(ADOPTION_FILE)));
  }

  const dropped = [...files].filter(
    (path) => isDropped(path) || (observed.configFiles.includes(path) && path !== vite.path),
  );
  const removed = stays.size === 0 && files.has(ADOPTION_FILE) ? [...dropped, ADOPTION_FILE] : dropped;
  return {
    suites: has,
    moved,
    texts,
    removed,
    fates: [
      ...vite.fates,
      ...scriptFates(observed.script),
      ...manifest.fates,
      ...types.fates,
      ...configurationFates(removed),
    ],
    problems: vite.problems,
  };
}

/** The list of what stays. A reason that differs in numbers only, ports for example, is the one that was there. */
function listOf(stays: ReadonlyMap<string, string>, before: string | undefined): string {
  const known = before === undefined ? {} : parseAdoption(before).stays;
  const plain = (reason: string | undefined) => reason?.replaceAll(/\d+/g, '0');
  const entries = [...stays].map(([path, reason]) => {
    const earlier = known[path];
    return [path, earlier !== undefined && plain(earlier) === plain(reason) ? earlier : reason];
  });
  return `${JSON.stringify({ stays: Object.fromEntries(entries) }, undefined, 2)}\n`;
}

/** The folders with TypeScript beside the tests. */
function foldersOf(files: ReadonlySet<string>, { tests }: Observed): readonly string[] {
  const sources = [...files].filter((path) => /\.[cm]?tsx?$/.test(path) && path.includes('/') && !tests.has(path));
  return [...new Set(sources.map((path) => path.split('/')[0] ?? ''))].toSorted();
}

/** The file with Vitest's settings: it goes, unless the package is built by it. */
function settleVite(
  { files, manifest }: AdoptedPackage,
  observed: Observed,
  read: (path: string) => string | undefined,
) {
  const path = observed.configFiles.find((file) => /^vite\.config\./.test(file)) ?? '';
  const file = observed.configFiles.join(' and ') || 'vitest.config.ts';
  const builds = /(^|[\s;&|])vite(\s+(build|dev|preview|serve)|\s*$|\s*[;&|])/;
  const isProduction =
    path !== '' && (files.has('index.html') || Object.values(manifest.scripts ?? {}).some((each) => builds.test(each)));
  const fates = vitestFates(file, observed.keys, observed.projects, isProduction);
  if (!isProduction) {
    return { path: '', text: undefined, fates, problems: [] };
  }
  const text = observed.keys.some((key) => key.startsWith('test.')) ? withoutTests(path, read(path) ?? '') : read(path);
  const problems = text === undefined ? [`${path} has settings of tests that could not be taken out`] : [];
  return { path, text, fates, problems };
}
