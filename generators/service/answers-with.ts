import { type ServerName, servers } from '../capabilities/capabilities.ts';
import type { RunRecord } from '../engine/record/run-record.ts';

type AnswersByName = Readonly<Record<string, unknown>>;

/**
 * The answers that make a service with what was added to it since. What was only configured counts for nothing: a server
 * that no code uses, an upstream that no route calls.
 * @param additions in their order.
 */
export function answersWith(
  answers: AnswersByName,
  additions: readonly Pick<RunRecord, 'generator' | 'answers' | 'files'>[],
): AnswersByName {
  const upstream = additions
    .filter(({ generator, answers: { name }, files }) => {
      return generator === 'stub' && files.has(`src/routes/price-by-${name}.ts`);
    })
    .map(({ answers: { name } }) => name);
  const known = (answers.upstream as readonly unknown[] | undefined) ?? [];
  const kinds = additions.flatMap(({ generator, answers: { kind }, files }) => {
    const key = generator === 'fixture' ? servers[kind as ServerName]?.key.camel : undefined;
    return key !== undefined && files.has(mainFileOf(key)) ? [[key, kind] as const] : [];
  });
  return {
    ...answers,
    ...(upstream.length > 0 && { upstream: [...known, ...upstream] }),
    ...Object.fromEntries(kinds),
  };
}

/** The file that a service has if its code uses its database, its cache or its broker. */
export function mainFileOf(key: string): string {
  return `src/${key}.ts`;
}
