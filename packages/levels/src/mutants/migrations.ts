import { nodesIn, parseTypeScript } from '@splitlevel/generators/engine';
import { type Edit, type MethodCall, methodCallsIn, otherText, withoutCall } from './chains.ts';
import type { SourceFile } from './code.ts';
import type { Mutant } from './mutant.ts';
import { type SqlChange, sqlEdits } from './sql-text.ts';

/** Rules of a schema that can be left out, by the method that adds them. */
const RULES: Readonly<Record<string, string>> = {
  notNull: 'a column may be null',
  unique: 'nothing is unique',
  references: 'no foreign key',
  onDelete: 'what refers to a deleted row keeps it',
  defaultTo: 'no default',
  primaryKey: 'no primary key',
  addUniqueConstraint: 'nothing is unique',
  addCheckConstraint: 'a check is left out',
  addForeignKeyConstraint: 'no foreign key',
  addPrimaryKeyConstraint: 'no primary key',
};

/** Types that keep less, by those that they are confused with. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^timestamptz$/, 'timestamp'],
  [/^numeric.*|^decimal.*/, 'real'],
  [/^bigint$/, 'integer'],
  [/^text$/, 'varchar(20)'],
  [/^datetime\(\d\)$/, 'datetime'],
  [/^jsonb$/, 'json'],
];

const SQL: readonly SqlChange[] = [
  { pattern: /\bnot null\b/gi, replacement: '', what: 'a column may be null', cost: 5 },
  { pattern: /\bunique\b(?! index)/gi, replacement: '', what: 'nothing is unique', cost: 5 },
  { pattern: /\bon delete cascade\b/gi, replacement: '', what: 'what refers to a deleted row keeps it', cost: 5 },
  { pattern: /\btimestamptz\b/gi, replacement: 'timestamp', what: 'a type that keeps less', cost: 5 },
  { pattern: /\bbetween 0 and (?=\d)/gi, replacement: 'between -1 and ', what: 'a check takes more', cost: 5 },
  { pattern: />= 0/g, replacement: '>= -1', what: 'a check takes more', cost: 5 },
];

/** The bugs of a migration: rules, types and indexes that are left out or weaker. */
export function migrationMutants({ path, text }: SourceFile): readonly Mutant[] {
  const { statements } = parseTypeScript(path, text);
  const edits = [
    ...[...methodCallsIn(statements)].flatMap((call) => editsOf(call)),
    ...sqlEdits(statements, text, SQL),
    ...withoutIndexes(statements, text),
  ];
  return edits.map((edit) => ({ kind: 'migration', path, ...edit }));
}

function editsOf(call: MethodCall): readonly Edit[] {
  const rule = Object.hasOwn(RULES, call.name) ? RULES[call.name] : undefined;
  const other = (type: string) => TYPES.find(([pattern]) => pattern.test(type))?.[1];
  const weaker =
    call.name === 'addColumn' ? otherText(call.arguments[1], other, 'a type that keeps less', 5) : undefined;
  return [...(rule === undefined ? [] : [withoutCall(call, rule, 5)]), ...(weaker === undefined ? [] : [weaker])];
}

function withoutIndexes(statements: Parameters<typeof nodesIn>[0], text: string): readonly Edit[] {
  return [...nodesIn(statements)]
    .filter(({ type, start, end }) => {
      return (
        type === 'ExpressionStatement' && /\.createIndex\(|\bcreate (unique )?index\b/i.test(text.slice(start, end))
      );
    })
    .map(({ start, end }) => ({ what: 'no index', start, end, replacement: '', cost: 4 as const }));
}
