/** What nx.json says of a target, as far as it is changed here. */
interface TargetDefault {
  command?: string;
  options?: { command: string };
}

/** Replaces the command of a target in the content of nx.json. */
export function setCommand(
  nx: { readonly targetDefaults: Readonly<Record<string, TargetDefault>> },
  target: string,
  command: string,
): void {
  const byDefault = nx.targetDefaults[target] as TargetDefault;
  if (byDefault.options === undefined) {
    byDefault.command = command;
  } else {
    byDefault.options.command = command;
  }
}
