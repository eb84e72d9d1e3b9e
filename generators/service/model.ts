import { pinned } from '../additions/manifest.ts';
import { brokers, caches, databases } from '../capabilities/capabilities.ts';
import type { Capability, Check, Chosen, Part, Route, ToldError } from '../capabilities/capability.ts';
import { checksOf, imagesOf, layersOf, librariesOf, toldOf, variablesOf } from '../capabilities/compose.ts';
import { cacheNote } from '../capabilities/redis.ts';
import { type UpstreamCapability, upstream } from '../capabilities/upstream.ts';
import type { Variable } from '../capabilities/variable.ts';
import type { Answers } from '../engine/answers/options.ts';
import { newPackageFolder } from '../engine/answers/packages.ts';
import type { Import } from '../engine/edit/imports.ts';
import type { Layer, Model } from '../engine/generator.ts';
import type { Workspace } from '../engine/workspace.ts';
import { type EntityText, entityText } from './entity-text.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { type Messages, messagesOf } from './messages.ts';
import type { options } from './options.ts';
import { sampleRoutes } from './sample-routes.ts';

type ServiceAnswers = Answers<typeof options>;

/** The values of the placeholders of templates/service/. */
interface ServiceText extends Partial<EntityText>, Messages {
  readonly name: string;
  readonly scope: string;
  /** Relative to the workspace. */
  readonly folder: string;
  readonly descriptionJson: string;
  readonly descriptionMarkdown: string;
  readonly port: number;
  /** Whether it has the sample. Without it there are no placeholders of an entity. */
  readonly hasEntity: boolean;
  readonly database: boolean;
  readonly postgres: boolean;
  /** The database's name in prose. */
  readonly databaseTitle: string;
  readonly databaseProtocol: string;
  /** The character round the names of tables. */
  readonly databaseQuote: string;
  /** What src/database.ts takes from Kysely. */
  readonly kyselyImports: string;
  /** Whether the schema is without a table, but for Kysely’s own. */
  readonly hasNoTables: boolean;
  /** The code of an error by which its driver tells that a connection broke. */
  readonly brokenConnection: string;
  readonly cache: boolean;
  /** A paragraph that says what is kept in the cache. */
  readonly cacheNote: string;
  readonly broker: boolean;
  readonly brokerProtocol: string;
  /** Where messages come from, and where the dead letters go. */
  readonly brokerNote: string;
  /** Whether what is published goes through the database. */
  readonly outbox: boolean;
  /** All but that of the orchestrator. */
  readonly routes: readonly Route[];
  /** What routes work with. */
  readonly parts: readonly Part[];
  /** What src/service.ts imports for them. */
  readonly imports: readonly Import[];
  /** The classes of src/errors.ts. */
  readonly errorNames: string;
  /** The errors that callers are told of, beside those that every service has. */
  readonly told: readonly ToldError[];
  /** What src/problem.ts imports for them. */
  readonly toldImports: readonly Import[];
  /** Whether routes work with anything: a database, a broker or an upstream. */
  readonly hasParts: boolean;
  /** The servers that the tests run against. */
  readonly needs: readonly Capability[];
  /** The pattern by which a fixture takes them all; empty: nothing. */
  readonly needPattern: string;
  /** The functions of the testkit that declare the needs. */
  readonly needFunctions: string;
  readonly checks: readonly Check[];
  readonly variables: readonly Variable[];
  /** The variables that have no default. */
  readonly required: readonly Variable[];
  /** The variables that tests set. */
  readonly setInTests: readonly Variable[];
  /** Whether something other than an upstream can be out of order. */
  readonly canBeUnavailable: boolean;
  /** The input of Nx that changes with the images that the tests run on. */
  readonly imagesJson: string;
  readonly dependenciesJson: string;
  /** Libraries of types, for the compiler; empty: none. */
  readonly devDependenciesJson: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The libraries of every service. */
const LIBRARIES = ['fastify', 'zod'];

/** Those of the sample. */
const SAMPLE_LIBRARIES = ['bignumber.js'];

/** The model of a service, from the answers. Pure. */
export function serviceModel(answers: ServiceAnswers, workspace: Workspace): Model {
  const upstreams = answers.upstream.map(upstream);
  const capabilities = [...serversOf(answers), ...upstreams];
  const chosen: Chosen = {
    database: answers.database,
    cache: answers.cache !== 'none',
    hasUpstreams: upstreams.length > 0,
    hasEntity: entityText(answers.entity) !== undefined,
  };
  const model = textFor(answers, { capabilities, upstreams, chosen }, workspace);
  const shared = [
    'base',
    ...(chosen.hasEntity ? ['entity'] : []),
    ...[model.database ? 'database' : 'stateless'].flatMap((state) =>
      chosen.hasEntity ? [state, `entity-${state}`] : [state],
    ),
    ...(model.hasParts ? ['parts'] : []),
    ...layersOf(capabilities, chosen),
  ];
  return {
    folder: model.folder,
    layers: [
      ...shared.map((template): Layer => ({ template, model: { ...model } })),
      ...upstreams.flatMap(({ key, ownLayers }) =>
        ownLayers(chosen).map((template) => ({ template, model: { ...model, upstream: key } })),
      ),
      // Tests of the clients, where no route uses them.
      ...upstreams.flatMap(({ key }) =>
        chosen.hasEntity ? [] : [{ template: 'first', of: 'stub', model: { ...model, upstream: key } }],
      ),
    ],
  };
}

function serversOf({ database, cache, broker }: ServiceAnswers): readonly Capability[] {
  return [
    ...(database === 'none' ? [] : [databases[database]]),
    ...(cache === 'none' ? [] : [caches[cache]]),
    ...(broker === 'none' ? [] : [brokers[broker]]),
  ];
}

/** The choices that the answers make. */
interface Composed {
  /** The servers, then the upstreams. */
  readonly capabilities: readonly Capability[];
  readonly upstreams: readonly UpstreamCapability[];
  readonly chosen: Chosen;
}

function textFor(
  answers: ServiceAnswers,
  { capabilities, upstreams, chosen }: Composed,
  workspace: Workspace,
): ServiceText {
  const database = answers.database === 'none' ? undefined : databases[answers.database];
  const broker = answers.broker === 'none' ? undefined : brokers[answers.broker];
  const { cache } = chosen;
  const hasDatabase = database !== undefined;
  const canBeUnavailable = hasDatabase || broker !== undefined;
  const needKeys = capabilities.map(({ key }) => key.camel).join(', ');
  const told = toldOf(capabilities);
  const errorNames = ['InvalidInputError', 'NotFoundError', ...told.flatMap(({ name = [] }) => name)];
  const entity = entityText(answers.entity);
  const upstreamRoutes = upstreams.flatMap(({ routes }) => {
    return entity === undefined ? [] : routes(entity.entities.kebab, hasDatabase);
  });
  const messages = messagesOf(entity, hasDatabase);
  const variables = variablesOf(capabilities, hasDatabase);
  const images = imagesOf(capabilities);
  const { versions } = workspace;
  const json = (names: readonly string[]) => JSON.stringify(pinned(names.toSorted(), versions), undefined, 2);
  const types = capabilities.flatMap((each) => each.types);
  return {
    name: answers.name,
    scope: workspace.scope,
    folder: newPackageFolder(answers.name, workspace),
    descriptionJson: JSON.stringify(answers.description),
    descriptionMarkdown: escapeMarkdown(answers.description),
    port: answers.port,
    ...entity,
    hasEntity: entity !== undefined,
    ...messages,
    database: hasDatabase,
    postgres: answers.database === 'postgres',
    databaseTitle: database?.title ?? '',
    databaseProtocol: database?.protocols[0] ?? '',
    databaseQuote: database?.quote ?? '',
    kyselyImports: kyselyImports(database?.dialect ?? '', entity !== undefined, broker !== undefined),
    hasNoTables: entity === undefined && broker === undefined,
    brokenConnection: database?.brokenConnection ?? '',
    cache,
    cacheNote: cacheNote(chosen, entity?.entity.words),
    broker: broker !== undefined,
    brokerProtocol: broker?.protocols[0] ?? '',
    brokerNote: broker?.note(answers.name, messages.handled) ?? '',
    outbox: broker !== undefined && hasDatabase,
    routes: [...(entity === undefined ? [] : sampleRoutes(entity, hasDatabase)), ...upstreamRoutes],
    parts: capabilities.flatMap(({ parts }) => parts(chosen, entity)),
    imports: capabilities.flatMap(({ imports }) => imports(chosen, entity)),
    errorNames: errorNames.toSorted().join(', '),
    told,
    toldImports: told.flatMap(({ imports: taken = [] }) => taken),
    hasParts: capabilities.length > 0,
    needs: capabilities,
    needPattern: needKeys === '' ? '' : `{ ${needKeys} }`,
    needFunctions: [...new Set(capabilities.map(({ need }) => need))].toSorted().join(', '),
    checks: checksOf(capabilities),
    variables,
    required: variables.filter(({ example }) => example !== ''),
    setInTests: variables.filter(({ inTests }) => inTests !== ''),
    canBeUnavailable,
    imagesJson: JSON.stringify(images.length > 0 ? [{ json: '{workspaceRoot}/images.json', fields: images }] : []),
    dependenciesJson: json([
      ...LIBRARIES,
      ...(entity === undefined ? [] : SAMPLE_LIBRARIES),
      ...librariesOf(capabilities),
    ]),
    devDependenciesJson: types.length > 0 ? json(types) : '',
    versions,
  };
}

/** The columns of the sample, and of the broker's tables, have types of Kysely's. */
function kyselyImports(dialect: string, hasEntity: boolean, hasBroker: boolean): string {
  return [
    ...(hasEntity ? ['type ColumnType'] : []),
    ...(hasEntity || hasBroker ? ['type Generated', 'type GeneratedAlways'] : []),
    'Kysely',
    dialect,
    'sql',
  ].join(', ');
}
