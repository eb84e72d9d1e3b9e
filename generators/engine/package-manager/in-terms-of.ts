import { alignTables } from './align-tables.ts';
import { npm } from './npm.ts';
import type { PackageManager } from './package-manager.ts';

/** Commands of npm in a string; `npx --yes` fetches what is not installed, and npm comes with every Node. */
const COMMAND =
  /\b(?:npm run --silent (?=[\w"])|npm run (?=[\w"])|npm test\b|npm ci\b(?! --)|npm install --save-dev --save-exact\b|npm install\b(?! --)|npx plop\b|npx (?!--))/g;
/** A script with arguments: npm alone wants two dashes before those. */
const ARGUMENTS = /\b(npm run (?:--silent )?[\w:-]+) -- /g;
/** The one line of a Dockerfile that installs, before and after the folder in it. */
const [BEFORE = '', AFTER = ''] = npm.commands.production('\0').split('\0');

/**
 * Puts the commands of another package manager in place of npm's in a message or a README, so that these are written
 * once. Comments behind commands stay in their column as far as there is room, and tables stay aligned.
 */
export function inTermsOf(manager: PackageManager, text: string): string {
  if (manager.name === npm.name) {
    return text;
  }
  const lines = text.split('\n');
  const said = lines.map((line) => {
    const other = line.replace(ARGUMENTS, '$1 ').replace(COMMAND, (command) => commandOf(manager, command));
    return line.startsWith('|') ? other : inColumn(other, other.length - line.length);
  });
  return alignTables(lines, said).join('\n');
}

/** The same for what machines run, CI and Dockerfiles: they install what the lockfile has. */
export function scriptInTermsOf(manager: PackageManager, text: string): string {
  if (manager.name === npm.name) {
    return text;
  }
  const lines = text.split('\n').map((line) => inProduction(manager, line));
  return inTermsOf(manager, lines.join('\n').replace(/\bnpm ci\b/g, manager.commands.frozen));
}

function commandOf({ name, commands }: PackageManager, command: string): string {
  switch (command) {
    case 'npm run --silent ':
      return `${commands.runSilently} `;
    case 'npm run ':
      return `${commands.run} `;
    case 'npm test':
      return commands.test;
    case 'npm ci':
    case 'npm install':
      return `${name} ${commands.install}`;
    case 'npx plop':
      return commands.plop;
    case 'npx ':
      return `${commands.local} `;
    default:
      return commands.addDevelopment;
  }
}

function inColumn(line: string, longer: number): string {
  return line.replace(/(?<=\S) {2,}(?=#)/, (gap) => ' '.repeat(Math.max(gap.length - longer, 1)));
}

function inProduction({ commands }: PackageManager, line: string): string {
  const [start, end] = [line.indexOf(BEFORE), line.indexOf(AFTER)];
  if (start === -1 || end < start) {
    return line;
  }
  const folder = line.slice(start + BEFORE.length, end);
  return `${line.slice(0, start)}${commands.production(folder)}${line.slice(end + AFTER.length)}`;
}

/** A line of a script whose commands are any manager's, with those of npm: rules of CI look for one form. */
export function asNpm(line: string): string {
  return line
    .replace(/\b(?:pnpm|yarn|bun) (?:--silent )?run (--silent )?(\w[\w:-]*)(?= [^\s&|;>)"'\\])/g, 'npm run $1$2 --')
    .replace(/\b(?:pnpm|yarn|bun) (?:--silent )?run (--silent )?(?=\w)/g, 'npm run $1')
    .replace(/\bnpm run test\b(?! --)|\b(?:pnpm|yarn) test\b/g, 'npm test');
}
