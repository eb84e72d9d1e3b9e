import type { Capability, Check, ToldError } from './capability.ts';
import type { Variable } from './variable.ts';

type Some = readonly Capability[];

/** The variables of a service that has these: what upstreams share comes once, at the end. */
export function variablesOf(capabilities: Some, hasDatabase: boolean): readonly Variable[] {
  const own = capabilities.flatMap(({ variables, variablesWithDatabase = [] }) => [
    ...variables,
    ...(hasDatabase ? variablesWithDatabase : []),
  ]);
  const shared = capabilities.flatMap(({ sharedVariables = [] }) => sharedVariables);
  return byName([...own, ...shared]);
}

/** The checks that their variables use, each once and after those that it uses itself. */
export function checksOf(capabilities: Some): readonly Check[] {
  return byName(capabilities.flatMap(({ checks }) => checks));
}

/** The errors that callers are told of, each once. */
export function toldOf(capabilities: Some): readonly ToldError[] {
  const all = capabilities.flatMap(({ told }) => told);
  return [...new Map(all.map((each) => [each.condition, each])).values()];
}

/** Their layers that a service has once. */
export function layersOf(capabilities: Some, chosen: Parameters<Capability['layers']>[0]): readonly string[] {
  return [...new Set(capabilities.flatMap((each) => each.layers(chosen)))];
}

/** The libraries that production code and the layers of a service use. */
export function librariesOf(capabilities: Some): readonly string[] {
  return capabilities.flatMap(({ libraries, layerLibraries = [] }) => [...libraries, ...layerLibraries]);
}

/** The keys in images.json, each once. */
export function imagesOf(capabilities: Some): readonly string[] {
  return [...new Set(capabilities.map(({ image }) => image))];
}

function byName<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((each) => [each.name, each])).values()];
}
