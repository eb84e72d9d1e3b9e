import type { Rule } from '../finding.ts';
import { ownerOf } from '../owner.ts';

export const places: Rule = {
  name: 'places',
  asks: 'tests lie where a suite finds them',
  check: ({ misplaced, packages }) =>
    misplaced.map((sentence) => {
      const [path = '', rest = ''] = sentence.split(/: (.*)/s);
      const [what = '', todo = ''] = rest.split(/(?<=\.) (.*)/s);
      return { package: ownerOf(path, packages), what: `${path}: ${what.replace(/\.$/, '')}`, todo };
    }),
};
