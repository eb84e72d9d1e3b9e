import type { Edit, Layer, Model } from '../engine/generator.ts';
import { spell } from '../engine/names.ts';
import type { Workspace } from '../engine/workspace.ts';
import { editConfig, editConfigTest } from './edits/config.ts';
import { editManifest } from './edits/manifest.ts';
import { editParts, editRoutes, editService } from './edits/parts.ts';
import { editFixtures, editNeeds } from './edits/suite.ts';
import type { TargetPackage } from './read-package.ts';

interface StubAnswers {
  readonly name: string;
}

/** What the stub generator makes of the answers. Pure. */
export function stubModel({ name }: StubAnswers, { scope }: Workspace, target: TargetPackage): Model {
  const upstream = spell(name);
  const model = { upstream, scope };
  const hasParts = target.had('src/parts.ts');
  const common: Layer[] = ['upstreams', 'retry'].map((template) => ({ template, of: 'service', model }));
  const parts: Layer = { template: 'parts', of: 'service', model: { database: false, upstreams: [upstream] } };
  const edit = (path: string, apply: (path: string, text: string) => string): Edit => {
    const whole = `${target.folder}/${path}`;
    return { path: whole, apply: (text) => apply(whole, text) };
  };
  return {
    folder: target.folder,
    adds: { by: 'name' },
    layers: [
      ...common,
      ...(hasParts ? [] : [parts]),
      { template: 'upstream', of: 'service', model },
      { template: 'first', model },
    ],
    edits: [
      edit('package.json', (path, text) => editManifest(path, text, {})),
      edit('integration/needs.ts', (path, text) => editNeeds(path, text, upstream, scope)),
      edit('integration/fixtures.ts', (path, text) => editFixtures(path, text, upstream)),
      edit('src/config.ts', (path, text) => editConfig(path, text, upstream)),
      // Owners may do without it.
      ...(target.had('src/config.test.ts')
        ? [edit('src/config.test.ts', (path, text) => editConfigTest(path, text, upstream))]
        : []),
      ...(hasParts
        ? [edit('src/parts.ts', (path, text) => editParts(path, text, upstream))]
        : [edit('src/routes/routes.ts', editRoutes)]),
      edit('src/service.ts', (path, text) => editService(path, text, upstream)),
    ],
  };
}
