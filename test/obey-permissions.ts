/**
 * A command as one that files' permissions bind: the superuser's runs without the capabilities to override them, and stays the
 * owner of what it may read. Anybody else's is as it was.
 */
export function obeyPermissions(command: string, args: readonly string[]): readonly [string, ...string[]] {
  if (process.getuid?.() !== 0) {
    return [command, ...args];
  }
  const without = '-dac_override,-dac_read_search';
  return ['setpriv', `--inh-caps=${without}`, `--bounding-set=${without}`, command, ...args];
}
