import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documents } from '../../documents/read-documents.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';

const links = documents.flatMap(({ path, text }) => {
  const prose = text
    .replaceAll(/^```.*?^```$/gms, '')
    .replaceAll(/`[^`\n]*`/g, (span) => span.replaceAll(/[[\]]/g, ''));
  return [...prose.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, target = '']) => [path, target] as const);
});

/** The anchors that GitHub and GitLab give to the headings of a document. */
function anchorsIn(path: string): readonly string[] {
  const headings = readFileSync(join(repositoryRoot, path), 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('a link leads to something', () => {
  const relative = links.filter(([, target]) => !/^[a-z]+:/.test(target));
  test.each(relative)('%s: %s', (document, target) => {
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? document : join(dirname(document), file);
    expect(existsSync(join(repositoryRoot, path)), path).toBe(true);
    if (anchor !== undefined) {
      expect(anchorsIn(path)).toContain(anchor);
    }
  });
});

test('every document of docs/ is linked from the README', () => {
  const inDocs = documents.map(({ path }) => path).filter((path) => path.startsWith('docs/'));
  const linked = links.filter(([document]) => document === 'README.md').map(([, target]) => target);
  expect(linked).toEqual(expect.arrayContaining(inDocs));
});

test('links to other sites are encrypted', () => {
  const others = links.map(([, target]) => target).filter((target) => /^[a-z]+:/.test(target));
  expect(others.filter((target) => !target.startsWith('https://'))).toEqual([]);
});
