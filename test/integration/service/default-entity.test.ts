import { expect, test } from 'vitest';
import { identifiersIn } from '../../../generators/engine/answers/identifiers.ts';
import { checkEntityName, pluralOf, singularOf, spell } from '../../../generators/engine/answers/names.ts';
import { type RenderedTemplate, renderLayers } from '../../../generators/engine/make/render.ts';
import { readTemplate } from '../../../generators/engine/make/template.ts';
import { ownPack } from '../../../generators/engine/pack.ts';
import { npm } from '../../../generators/engine/package-manager/npm.ts';
import type { Workspace } from '../../../generators/engine/workspace.ts';
import { TAKEN } from '../../../generators/service/default-entity.ts';
import { serviceModel } from '../../../generators/service/model.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';

const { version, versions } = ownPack();
const workspace: Workspace = { root: repositoryRoot, scope: '@x', version, versions, projects: new Map() };
/** Names that no template has in its code. */
const [NAME, ENTITY, UPSTREAM] = ['xqc', 'xqa', 'xqb'];

/** The files of services of every kind. */
function services(): readonly (readonly RenderedTemplate[])[] {
  const rows = (['postgres', 'mariadb', 'none'] as const).flatMap((database) =>
    (['redis', 'none'] as const).flatMap((cache) =>
      (['rabbitmq', 'nats', 'none'] as const).flatMap((broker) =>
        [[], [UPSTREAM]].map((upstream) => ({ database, cache, broker, upstream })),
      ),
    ),
  );
  return rows.map((row) => {
    const answers = { ...row, name: NAME, description: NAME, entity: ENTITY, port: 3000 };
    const { layers } = serviceModel(answers, workspace);
    return renderLayers(
      layers.map(({ template, of = 'service', model }) => {
        return { model, files: readTemplate(repositoryRoot, `templates/${of}/${template}`, npm) };
      }),
    );
  });
}

/** The entity for which a name that derives from it, such as `newXqa`, is one that the template has for something else. */
function entityOf(derived: string, own: string): string | undefined {
  const [, before = '', form = '', plural = '', after = ''] = /^(.*?)(xqa)(s?)(.*)$/is.exec(derived) ?? [];
  const middle = own.slice(before.length, own.length - after.length);
  if (own !== `${before}${middle}${after}` || middle === '') {
    return undefined;
  }
  const words = middle
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  const entity = plural === '' ? words : singularOf(words);
  const { camel, pascal, kebab, snake, constant } = spell(plural === '' ? entity : pluralOf(entity));
  const spellings = form === 'Xqa' ? [pascal] : form === 'XQA' ? [constant] : [camel, kebab, snake];
  return spellings.includes(middle) && checkEntityName(entity) === undefined ? entity : undefined;
}

/** All entities that would be refused, because a file has a name twice or there would be a path twice. */
function refused(): ReadonlySet<string> {
  const lists = services().flatMap((files) => [
    files.map(({ path }) => path),
    ...files
      .filter(({ path }) => path.endsWith('.ts'))
      .map(({ content }) => [...new Set(identifiersIn(String(content)))]),
  ]);
  const entities = lists.flatMap((names) => {
    const derived = names.filter((name) => name.toLowerCase().includes(ENTITY));
    const own = names.filter((name) => !/xq[abc]/i.test(name));
    return derived.flatMap((one) => own.map((other) => entityOf(one, other)));
  });
  return new Set(entities.filter((entity) => entity !== undefined));
}

test('the words that are no default are those of the templates', () => {
  const words = [...refused()].filter((entity) => !entity.includes('-')).toSorted();
  expect([...TAKEN]).toEqual(words);
});
