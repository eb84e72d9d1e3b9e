import type { FastifySchemaCompiler, FastifyTypeProvider } from 'fastify';
import type { z } from 'zod';
import { InvalidInputError } from './errors.ts';

/** Gives handlers the types that the zod schemas of their route have after parsing. */
export interface ZodTypeProvider extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
}

/** Lets Fastify validate with zod. The error names each place that is wrong, such as `body.price`. */
export const compileValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (input) => {
    const { data, error } = schema.safeParse(input);
    if (!error) {
      return { value: data };
    }
    const problems = error.issues.map(({ path, message }) => ({ path: [httpPart, ...path].join('.'), message }));
    return { error: new InvalidInputError(problems) };
  };
};
