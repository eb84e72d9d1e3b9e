import { ADOPTION_FILE, parseAdoption } from '../../../testkit/src/guards/left-tests.ts';
import type { Rule } from '../finding.ts';
import { ownerOf } from '../owner.ts';
import type { Package, Repository } from '../repository.ts';

export const places: Rule = {
  name: 'places',
  asks: 'tests lie where a suite finds them',
  check: (repository) => [...misplaced(repository), ...repository.packages.flatMap(left)],
};

function misplaced({ misplaced: sentences, packages }: Repository) {
  return sentences.map((sentence) => {
    const [path = '', rest = ''] = sentence.split(/: (.*)/s);
    const [what = '', todo = ''] = rest.split(/(?<=\.) (.*)/s);
    return { package: ownerOf(path, packages), what: `${path}: ${what.replace(/\.$/, '')}`, todo };
  });
}

/** What adopting left where it was. */
function left({ name, folder, files, texts }: Package) {
  const text = texts.get(ADOPTION_FILE);
  if (text === undefined) return [];
  return Object.entries(parseAdoption(text).stays).map(([path, reason]) => ({
    package: name,
    what: files.includes(path)
      ? `no suite runs ${folder}/${path}, which adopting left: ${reason}`
      : `${folder}/${ADOPTION_FILE} lists ${path}, which is not there`,
    todo: `${files.includes(path) ? 'Mend it, then run' : 'Run'} npx plop adopt --package ${name}.`,
  }));
}
