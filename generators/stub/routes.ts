import type { TargetPackage } from '../additions/target-package.ts';
import type { Chosen, Route } from '../capabilities/capability.ts';
import type { UpstreamCapability } from '../capabilities/upstream.ts';
import type { Layer } from '../engine/generator.ts';
import { type EntityText, entityText } from '../service/entity-text.ts';

/** The routes of a service that use an upstream. */
export interface Routes {
  /** The layers of templates/service/ with the routes and their tests. */
  readonly layers: readonly Layer[];
  readonly list: readonly Route[];
}

/** The routes that an upstream gets; undefined where the service no longer has what these work with. */
export function routesFor(upstream: UpstreamCapability, target: TargetPackage): Routes | undefined {
  if (target.madeBy !== 'service') {
    return undefined;
  }
  const { answers, earlier, isBeside } = target;
  if (isBeside === true) {
    return undefined;
  }
  const entity = entityText(String(answers.entity));
  const database = answers.database as Chosen['database'];
  if (entity === undefined) {
    return undefined;
  }
  const isPossible = earlier?.some((path) => path.startsWith('src/routes/')) ?? hasExample(target, entity, database);
  if (!isPossible) {
    return undefined;
  }
  const own = upstream
    .ownLayers({ database, cache: false, hasUpstreams: true, hasEntity: true })
    .filter((name) => name !== 'upstream');
  return {
    layers: ['price-times', ...own].map((template) => {
      return { template, of: 'service', model: { ...entity, upstream: upstream.key } };
    }),
    list: upstream.routes(entity.entities.kebab, database !== 'none'),
  };
}

/** Whether the service was made with the sample that routes work with. */
export function hasSample({ madeBy, answers }: TargetPackage): boolean {
  return madeBy === 'service' && entityText(String(answers.entity)) !== undefined;
}

/** Whether the example that the service was made with is there, with what routes and their tests import from it. */
function hasExample(
  { had, read }: TargetPackage,
  { entity: { kebab, pascal } }: EntityText,
  database: Chosen['database'],
): boolean {
  const exported: readonly (readonly [string, readonly string[]])[] = [
    ['src/errors.ts', ['class NotFoundError']],
    [`src/${kebab}.ts`, ['function discountedPrice', 'function exactDiscountedPrice', 'function rounded']],
    [`src/${kebab}-input.ts`, [database === 'none' ? `const priced${pascal}` : 'const byId']],
    ['integration/call.ts', ['async function call']],
    ...(database === 'none'
      ? []
      : [
          [`integration/create-${kebab}.ts`, ['async function create']] as const,
          [`src/${kebab}-repository.ts`, [`class ${pascal}Repository`]] as const,
        ]),
  ];
  return exported.every(([path, names]) => {
    return had(path) && names.every((name) => new RegExp(`^export ${name}\\b`, 'm').test(read(path) ?? ''));
  });
}
