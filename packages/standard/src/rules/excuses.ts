/** Ways in which a command passes whatever the tests say, each with how it is called. */
const EXCUSES: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/--pass-?with-?no-?tests(?!=false)/i, 'passes without tests'],
  [/\|\|\s*(\/bin\/)?(true|:|exit 0|echo|printf|node -e)(?![\w-])/, 'passes whatever fails before it'],
  [
    /^(?!\s*(el)?if\b|\s*(while|until)\b).*\|\|(?!\s*\w+=|\s*\{\s*$)(?!.*(\bexit\s+([1-9]|"?\$)|\bfalse\b))/,
    'passes where what stands behind || passes',
  ],
  [/;\s*(\/bin\/)?(true|:|exit 0|echo\b.*)\s*$/, 'passes whatever fails before it'],
  [/(^|[^&>])&\s*$/, 'runs in the background, and its failure counts for nothing'],
  [/\bset \+e\b|\bset \+o errexit\b/, 'goes on after what fails'],
  [/^\s*!\s/, 'passes where it fails'],
  [/^\s*(\/bin\/)?(true|:|exit 0|echo\b[^|&;]*|printf\b[^|&;]*)\s*$/, 'passes without doing anything'],
  [/^\s*$/, 'passes without doing anything'],
  [/--(exclude|testNamePattern|tags-?[fF]ilter|shard|changed|related)\b|(^|\s)-t[\s=]/, 'leaves tests out'],
  [/--dangerouslyIgnoreUnhandledErrors/i, 'passes where an error is not handled'],
  [/--allowOnly(?!=false)/i, 'passes where a test runs alone'],
  [/--retry[\s=]*[1-9]/, 'passes where a test passes now and then'],
  [/(^|\s)(-u|--update)(?!=(none|new))(?=[\s=]|$)/, 'writes snapshots instead of comparing with them'],
  [/--(error-on-warnings=false|diagnostic-level=error|skip=\S+|only=\S+)/, 'passes what the linter warns of'],
  [/--(no-check|noCheck)\b|--strict[\s=]+false/, 'does not check types'],
];

/** The fault of a command that should fail where something is broken; undefined where none is seen. */
export function excuseOf(command: string): string | undefined {
  return EXCUSES.find(([pattern]) => pattern.test(command))?.[1];
}

/** The same of commands that have several parts; `-t` names targets of Nx there, and `--exclude` projects. */
export function excuseOfScript(command: string): string | undefined {
  return excuseOf(command.replace(/(^|\s)(-t|--targets?|--exclude)(?=[\s=])/g, '$1'));
}
