import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { Reporter, Vitest } from 'vitest/node';

/** How many are named. */
const NAMED = 3;

/** Tells below a verdict which test files, that it is not about, are red from before. */
export function stillRed(vitest: Vitest): Reporter {
  return {
    onWatcherStart(files) {
      const told = new Set(files?.map(({ filepath }) => filepath) ?? vitest.state.getFilepaths());
      const red = vitest.state.getFailedFilepaths().filter((path) => !told.has(path));
      if (red.length > 0) {
        const names = red.slice(0, NAMED).map((path) => relative(vitest.config.root, path));
        const more = red.length > NAMED ? ` and ${red.length - NAMED} more` : '';
        vitest.logger.log(styleText('red', `       still red: ${names.join(', ')}${more}`));
      }
    },
  };
}
