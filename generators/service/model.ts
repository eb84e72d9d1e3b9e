import { pluralOf, type Spellings, spell } from '../engine/answers/names.ts';
import type { Answers } from '../engine/answers/options.ts';
import { newPackageFolder } from '../engine/answers/packages.ts';
import type { Layer, Model } from '../engine/generator.ts';
import type { Workspace } from '../engine/workspace.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import type { options } from './options.ts';

/** What the placeholders of templates/service/ may name. */
interface ServiceText {
  readonly name: string;
  readonly scope: string;
  /** Relative to the workspace. */
  readonly folder: string;
  readonly descriptionJson: string;
  readonly descriptionMarkdown: string;
  readonly port: number;
  readonly entity: Spellings & { readonly words: string };
  /** The plural of the entity. */
  readonly entities: Spellings & { readonly words: string };
  readonly database: boolean;
  readonly postgres: boolean;
  readonly mariadb: boolean;
  /** The database's name in prose. */
  readonly databaseTitle: string;
  /** The function that declares the database in integration/needs.ts. */
  readonly databaseNeed: string;
  readonly databaseProtocol: string;
  readonly cache: boolean;
  /** The cache is before the upstreams where there are any, else before the database. */
  readonly cachedFactors: boolean;
  readonly cachedRepository: boolean;
  readonly broker: boolean;
  readonly rabbitmq: boolean;
  readonly nats: boolean;
  readonly upstreams: readonly Spellings[];
  /** Whether routes work with anything: a database, a broker or an upstream. */
  readonly hasParts: boolean;
  readonly needKeys: string;
  /** The functions of the testkit that declare the needs. */
  readonly needFunctions: string;
  /** Whether something other than an upstream can be out of order. */
  readonly canBeUnavailable: boolean;
  /** The input of Nx that changes with the images that the tests run on. */
  readonly imagesJson: string;
  /** The variables that `docker run` must pass on. */
  readonly runEnvironment: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** What the service generator makes of the answers. Pure. */
export function serviceModel(answers: Answers<typeof options>, workspace: Workspace): Model {
  const model = textFor(answers, workspace);
  const kind = model.database ? 'database' : 'stateless';
  const layer = (template: string, wanted = true): Layer[] => (wanted ? [{ template, model: { ...model } }] : []);
  const hasUpstreams = model.upstreams.length > 0;
  return {
    folder: model.folder,
    layers: [
      ...layer('base'),
      ...layer(kind),
      ...layer(`database-${answers.database}`, model.database),
      ...layer(`migrate-${answers.database}`, model.database),
      ...layer('parts', model.hasParts),
      ...layer('retry', model.database || hasUpstreams),
      ...layer('cache', model.cache),
      ...layer('cache-repository', model.cachedRepository),
      ...layer('cache-upstreams', model.cachedFactors),
      ...layer('broker', model.broker),
      ...layer(`broker-${kind}`, model.broker),
      ...layer(`broker-${answers.database}`, model.broker && model.database),
      ...layer(`broker-${answers.broker}`, model.broker),
      ...layer('upstream-error', hasUpstreams),
      ...layer('upstreams', hasUpstreams),
      ...model.upstreams.flatMap((upstream) => [
        { template: 'upstream', model: { ...model, upstream } },
        { template: `upstream-${kind}`, model: { ...model, upstream } },
        ...(model.cachedFactors ? [{ template: 'cache-upstream', model: { ...model, upstream } }] : []),
      ]),
    ],
  };
}

function textFor(answers: Answers<typeof options>, workspace: Workspace): ServiceText {
  const database = answers.database !== 'none';
  const cache = answers.cache === 'redis';
  const broker = answers.broker !== 'none';
  const upstreams = answers.upstream.map(spell);
  const hasUpstreams = upstreams.length > 0;
  const keys = [...(database ? ['database'] : []), ...(cache ? ['cache'] : []), ...(broker ? ['broker'] : [])];
  const variables = [
    ...keys.map((key) => `${key.toUpperCase()}_URL`),
    ...upstreams.map(({ constant }) => `${constant}_URL`),
  ];
  const kinds = [answers.database, answers.cache, answers.broker].filter((kind) => kind !== 'none');
  const images = [...kinds, ...(hasUpstreams ? ['wiremock'] : [])];
  return {
    name: answers.name,
    scope: workspace.scope,
    folder: newPackageFolder(answers.name, workspace),
    descriptionJson: JSON.stringify(answers.description),
    descriptionMarkdown: escapeMarkdown(answers.description),
    port: answers.port,
    entity: inWords(answers.entity),
    entities: inWords(pluralOf(answers.entity)),
    database,
    ...databaseText(answers.database),
    cache,
    cachedFactors: cache && hasUpstreams,
    cachedRepository: cache && database && !hasUpstreams,
    broker,
    rabbitmq: answers.broker === 'rabbitmq',
    nats: answers.broker === 'nats',
    upstreams,
    hasParts: keys.length > 0 || hasUpstreams,
    needKeys: [...keys, ...upstreams.map(({ camel }) => camel)].join(', '),
    needFunctions: [...kinds, ...(hasUpstreams ? ['upstream'] : [])].sort().join(', '),
    canBeUnavailable: database || broker,
    imagesJson: JSON.stringify(images.length > 0 ? [{ json: '{workspaceRoot}/images.json', fields: images }] : []),
    runEnvironment: variables.map((variable) => `--env ${variable} `).join(''),
    versions: workspace.versions,
  };
}

const databases = {
  postgres: { databaseTitle: 'PostgreSQL', databaseProtocol: 'postgres' },
  mariadb: { databaseTitle: 'MariaDB', databaseProtocol: 'mysql' },
  none: { databaseTitle: '', databaseProtocol: '' },
};

function databaseText(database: Answers<typeof options>['database']) {
  const flags = { postgres: database === 'postgres', mariadb: database === 'mariadb' };
  return { ...flags, databaseNeed: database, ...databases[database] };
}

function inWords(name: string) {
  return { ...spell(name), words: name.replaceAll('-', ' ') };
}
