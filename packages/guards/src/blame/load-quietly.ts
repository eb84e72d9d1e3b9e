/** Loads a module of Node's that warns, when it is loaded, that it is experimental: the guard is not who should be told. */
export function loadQuietly<Module>(name: string): Module | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule(name) as Module | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
