import { pluralOf, spell } from '../engine/answers/names.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import type { Edit, Layer, Model } from '../engine/generator.ts';
import type { Workspace } from '../engine/workspace.ts';
import { editDatabase } from './edits/database.ts';
import { editParts, editService } from './edits/parts.ts';
import { editReadme } from './edits/readme.ts';
import { editRoutes } from './edits/routes.ts';
import type { EntityText } from './entity-text.ts';
import { type Field, readField } from './field.ts';
import { textOf } from './field-text.ts';
import type { TargetService } from './read-package.ts';

interface EntityAnswers {
  readonly name: string;
  readonly package: string;
  readonly field: readonly string[];
}

/** The model of an entity, from the answers. Pure. */
export function entityModel(answers: EntityAnswers, { scope }: Workspace, target: TargetService): Model {
  if (answers.field.length === 0) {
    throw new Failure(EXIT.usage, '--field: there is none, and a table is about something', 'Give one.');
  }
  const fields = answers.field.map((text) => fieldOf(text, target));
  const text: EntityText = {
    entity: inWords(answers.name),
    entities: inWords(pluralOf(answers.name)),
    fields: fields.map(textOf),
    idType: target.database.idType,
  };
  refuseOwnTable(text.entities.snake, target);
  const problem = target.database.checkRow?.(fields.map(({ column }) => column));
  if (problem !== undefined) {
    throw new Failure(EXIT.usage, `--field: ${problem}`);
  }
  const uses = fields.flatMap(({ column }) => column.uses ?? []);
  const files = [...new Set(uses.map(({ file }) => file))].toSorted();
  const checks = files.map((file) => {
    const names = uses.filter((each) => each.file === file).map(({ name }) => name);
    return { file, names: [...new Set(names)].toSorted().join(', ') };
  });
  const model = {
    ...text,
    scope,
    checks,
    number: target.number,
    postgres: target.database.name === 'postgres',
    jsonLevels: target.database.jsonLevels,
    tooManyLevels: target.database.jsonLevels + 1,
    usesJson: fields.some(({ column }) => column.domain === 'Json'),
    selectsSql: fields.some(({ column }) => column.select !== undefined),
    required: text.fields.filter(({ nullable }) => !nullable),
    optional: text.fields.filter(({ nullable }) => nullable),
    times: fields.filter(({ column }) => column.isTime === true).map(({ camel, snake }) => ({ camel, snake })),
    parsed: text.fields.filter(({ parse }) => parse !== ''),
    writers: [...new Map(fields.flatMap(({ column: { writer } }) => (writer ? [[writer.name, writer]] : []))).values()],
    wider: text.fields.filter(({ isWider }) => isWider),
    widest: text.fields.filter(({ most }) => most !== ''),
  };
  const layer = (template: string): Layer => ({ template, model });
  const edit = (path: string, apply: (path: string, text: string, entity: EntityText) => string): Edit => {
    const whole = `${target.folder}/${path}`;
    return { path: whole, apply: (current) => apply(whole, current, text) };
  };
  return {
    folder: target.folder,
    adds: { by: 'name' },
    layers: [
      layer('base'),
      layer(target.database.layer),
      ...(model.times.length > 0 ? [layer(`${target.database.layer}-time-zones`)] : []),
      ...files.map((file) => layer(`check-${file}`)),
    ],
    edits: [
      edit('src/database.ts', editDatabase),
      edit('src/parts.ts', editParts),
      edit('src/service.ts', editService),
      edit('src/routes/routes.ts', editRoutes),
      // Owners may do without it.
      ...(target.hasReadme ? [edit('README.md', editReadme)] : []),
    ],
  };
}

function fieldOf(text: string, { database }: TargetService): Field {
  const field = readField(text, database);
  if (typeof field === 'string') {
    throw new Failure(EXIT.usage, `--field: ${field}`);
  }
  return field;
}

function refuseOwnTable(table: string, { database }: TargetService): void {
  const { ownTables } = database;
  if (ownTables !== undefined && table.startsWith(ownTables)) {
    throw new Failure(
      EXIT.usage,
      `--name: the table would be ${table}, and tables that begin with ${ownTables} are those of ${database.name} itself`,
      'Choose another name.',
    );
  }
}

function inWords(name: string) {
  return { ...spell(name), words: name.replaceAll('-', ' ') };
}
