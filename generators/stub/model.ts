import { editManifest, pinned } from '../additions/manifest.ts';
import { configuringEdits } from '../additions/service-edits.ts';
import { editNeeds } from '../additions/suite.ts';
import { editsOf, type TargetPackage } from '../additions/target-package.ts';
import { variablesOf } from '../capabilities/compose.ts';
import { upstream as capabilityOf } from '../capabilities/upstream.ts';
import type { Spellings } from '../engine/answers/names.ts';
import type { Layer, Model } from '../engine/generator.ts';
import type { Workspace } from '../engine/workspace.ts';
import { addRoutes, editParts, editRoutes, editService } from './edits/parts.ts';
import { editProblem } from './edits/problem.ts';
import { hasSample, type Routes, routesFor } from './routes.ts';
import type { Spec } from './spec/read-spec.ts';

interface StubAnswers {
  readonly name: string;
  readonly package: string;
}

/** The files that were read for the model. */
export interface StubSources {
  readonly target: TargetPackage;
  /** The upstream's document, where one was given. */
  readonly spec: Spec | undefined;
}

/** The model of a stub, from the answers. Pure. */
export function stubModel(answers: StubAnswers, { versions }: Workspace, { target, spec }: StubSources): Model {
  const capability = capabilityOf(answers.name);
  const { key: upstream, image } = capability;
  const model = { upstream };
  const part = capability.part(false);
  const libraries = spec === undefined ? {} : pinned(['ajv', 'ajv-formats'], versions);
  const routes = spec === undefined ? routesFor(capability, target) : undefined;
  const isBeside = spec === undefined && routes === undefined && hasSample(target);
  const hasParts = target.had('src/parts.ts');
  const common: Layer[] = ['upstream-error', 'retry'].map((template) => ({ template, of: 'service', model }));
  const isFirst = !target.had('src/upstream-error.ts');
  const parts: Layer = {
    template: 'parts',
    of: 'service',
    model: { parts: [part] },
  };
  const copy = `${target.folder}/integration/openapi/${answers.name}.${spec?.extension}`;
  const edit = editsOf(target);
  return {
    folder: target.folder,
    // A document is recorded as its copy in the package, from which the same is made again.
    adds: {
      by: 'name',
      answers: { name: answers.name, package: answers.package, spec: spec === undefined ? '' : copy },
      ...(isBeside && { isBeside }),
    },
    layers: [
      ...common,
      ...(isFirst ? [{ template: 'upstream-problem', of: 'service', model }] : []),
      ...(hasParts ? [] : [parts]),
      ...(spec === undefined ? firstLayers(model, routes) : describedLayers(model, spec)),
    ],
    edits: [
      edit('package.json', (path, text) => editManifest(path, text, image, { dependencies: libraries })),
      edit('integration/needs.ts', (path, text) => editNeeds(path, text, capability)),
      ...configuringEdits(target, capability, variablesOf([capability], false), {
        routes: routes?.list.map(({ row }) => row),
      }),
      ...(hasParts ? [edit('src/parts.ts', (path, text) => editParts(path, text, part))] : []),
      ...(hasParts && routes === undefined
        ? []
        : [
            edit('src/routes/routes.ts', (path, text) => {
              const taking = hasParts ? text : editRoutes(path, text);
              return routes === undefined ? taking : addRoutes(path, taking, routes.list);
            }),
          ]),
      ...(isFirst ? [edit('src/problem.ts', editProblem)] : []),
      edit('src/service.ts', (path, text) => editService(path, text, part, capability.maker)),
    ],
    notes: spec === undefined && routes === undefined && !target.isAgain ? [noteOnUse(upstream)] : [],
  };
}

/** What is left to do where no route is made that uses the upstream. */
function noteOnUse({ kebab, camel }: Spellings): string {
  return `No route calls ${kebab} yet, because the sample service that its routes belong to is gone or has changed: call parts.${camel} from a route.`;
}

function firstLayers(model: Layer['model'], routes: Routes | undefined): readonly Layer[] {
  return [
    { template: 'upstreams', of: 'service', model },
    { template: 'upstream', of: 'service', model },
    // The tests are of the routes where there are any.
    ...(routes?.layers ?? [{ template: 'first', model }]),
  ];
}

function describedLayers(model: Layer['model'], { mappings, ...spec }: Spec): readonly Layer[] {
  return [
    { template: 'openapi-client', model },
    { template: 'described', model: { ...model, ...spec } },
    ...mappings.map(({ name, mapping }) => {
      return { template: 'mapping', model: { ...model, name, mapping: JSON.stringify(mapping, undefined, 2) } };
    }),
  ];
}
