import {
  nameOf,
  nodesIn,
  parseTypeScript,
  type Syntax,
  type SyntaxNode,
  type Token,
  textOf,
} from '@splitlevel/generators/engine';
import type { Place, Reference, Source } from './repository.ts';

/** Ways to the network that a test could replace. */
const NETWORK = /^(fetch|WebSocket|XMLHttpRequest|EventSource)$/;
const DEFINES = /^(test|it|describe|suite)$/;
const SKIPS = /^(?:it|suite|describe|\w*[tT]est)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)$/;
/** Functions that take the options of a test, however they are chained. */
const TAKES_OPTIONS = /^(?:it|suite|describe|\w*[tT]est)(?:\.\w+)*$/;
/** By Jest's names, or by the context of the test, whatever the test calls it. */
const SKIPS_BY_CALL = /^(?:x(?:test|it|describe)|f(?:it|describe)|skip|(?:context|ctx|t)\.skip)$/;
const SILENCE = /^\s*\*?\s*(@ts-nocheck|biome-ignore-all|biome-ignore-start|eslint-disable(?!-))(?!\w)/;
const IMAGE = /^[\w./-]+(?::\d+\/[\w./-]+)?:[\w][\w.-]*$/;

/** Reads a file of code. One that cannot be parsed does nothing: the linter reports it. */
export function readSource(text: string): Source {
  const source = {
    imports: [] as string[],
    references: [] as Reference[],
    calls: new Set<string>(),
    mocks: [] as Place[],
    images: [] as Place[],
    skips: [] as Place[],
    tests: [] as Place[],
    silences: [] as Place[],
    literals: [] as Place[],
    createsTest: false,
  };
  const modules = new Set<string>();
  /** The exported name of what was imported by another name. */
  const aliases = new Map<string, string>();
  const place = (start: number, what: string): Place => ({ text: what, line: text.slice(0, start).split('\n').length });
  const refer = (node: Parameters<typeof textOf>[0], isType = false): void => {
    const specifier = textOf(node);
    if (specifier !== undefined) {
      source.references.push({ ...place(node?.start ?? 0, specifier), isType });
    }
  };
  const { statements, tokens } = parsed(text);
  for (const token of tokens as readonly (Token & { type: unknown; value: unknown })[]) {
    const silence = /^Comment/.test(String(token.type)) ? SILENCE.exec(String(token.value))?.[1] : undefined;
    if (silence !== undefined) {
      source.silences.push(place(token.start, silence));
    }
  }
  for (const node of nodesIn(statements)) {
    switch (node.type) {
      case 'ImportDeclaration':
        for (const each of node.specifiers) {
          if (each.type === 'ImportNamespaceSpecifier') {
            modules.add(each.local.name);
          }
          const imported = each.type === 'ImportSpecifier' ? nameOf(each.imported) || each.local.name : '';
          if (imported !== '' && imported !== each.local.name) {
            aliases.set(each.local.name, imported);
          }
        }
        refer(node.source, node.importKind === 'type');
        if (node.importKind !== 'type') {
          source.imports.push(node.source.value);
        }
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        refer(node.source, node.exportKind === 'type');
        if (node.source && node.exportKind !== 'type') {
          source.imports.push(node.source.value);
        }
        break;
      case 'ImportExpression': {
        refer(node.source);
        const specifier = textOf(node.source);
        if (specifier !== undefined) {
          source.imports.push(specifier);
        }
        break;
      }
      case 'CallExpression':
      case 'OptionalCallExpression': {
        const name = unaliased(calledBy(node.callee as SyntaxNode), aliases);
        const [first, second] = node.arguments;
        if (name !== '') {
          source.calls.add(name);
        }
        if (name === 'require') {
          refer(first);
        }
        if (name === 'require' && textOf(first) !== undefined) {
          source.imports.push(textOf(first) as string);
        }
        const replaces = /^vi(test)?\.(mock|doMock|importMock)$/.test(name) || /^jest\.(mock|doMock)$/.test(name);
        const stubs = /^vi(test)?\.stubGlobal$/.test(name) && NETWORK.test(textOf(first) ?? '');
        const spies = /^vi(test)?\.spyOn$/.test(name) && modules.has(nameOf(first));
        if (replaces || stubs || spies) {
          source.mocks.push(place(node.start, `${name}(${spies ? nameOf(first) : (textOf(first) ?? '…')})`));
        }
        if (SKIPS_BY_CALL.test(name)) {
          source.skips.push(place(node.start, `${name}(…)`));
        }
        const definer = unaliased(definerOf(node.callee as SyntaxNode), aliases);
        const option = TAKES_OPTIONS.test(definer) ? optionThatSkips(second) : undefined;
        if (option !== undefined) {
          source.skips.push(place(node.start, `${definer}(…, { ${option} })`));
        }
        const setting = /^vi(test)?\.setConfig$/.test(name) ? optionThatSkips(first) : undefined;
        if (setting !== undefined) {
          source.skips.push(place(node.start, `${name}({ ${setting} })`));
        }
        if (name === 'createTest' && node.arguments.length >= 2) {
          source.createsTest = true;
        }
        break;
      }
      case 'MemberExpression': {
        const name = unaliased(fullNameOf(node), aliases);
        if (SKIPS.test(name)) {
          source.skips.push(place(node.start, name));
        }
        break;
      }
      case 'AssignmentExpression': {
        const target = /^(?:globalThis|global|window)\.(\w+)$/.exec(nameOf(node.left))?.[1] ?? '';
        if (NETWORK.test(target)) {
          source.mocks.push(place(node.start, `${nameOf(node.left)} = …`));
        }
        break;
      }
      case 'TSImportType':
        refer(node.source, true);
        break;
      case 'NewExpression': {
        const image = textOf(node.arguments[0]);
        if (/Container$/.test(nameOf(node.callee)) && image !== undefined) {
          source.images.push(place(node.start, image));
        }
        break;
      }
      case 'StringLiteral':
        if (IMAGE.test(node.value)) {
          source.literals.push(place(node.start, node.value));
        }
        break;
    }
  }
  source.tests.push(...definedIn(statements, aliases).map(({ start, name }) => place(start, name)));
  source.createsTest &&=
    source.imports.includes('./needs.ts') && source.imports.some((each) => /\/testkit$/.test(each));
  return source;
}

/** Calls at the top of a file that define a test: `test(…)`, `describe.each(…)(…)`. */
function definedIn(statements: readonly SyntaxNode[], aliases: ReadonlyMap<string, string>) {
  return statements.flatMap((statement) => {
    let call = statement.type === 'ExpressionStatement' ? (statement.expression as SyntaxNode) : undefined;
    if (call?.type === 'AwaitExpression') {
      call = call.argument as SyntaxNode;
    }
    if (call?.type !== 'CallExpression') {
      return [];
    }
    let callee = call.callee as SyntaxNode;
    while (
      callee.type === 'CallExpression' ||
      callee.type === 'MemberExpression' ||
      callee.type === 'TaggedTemplateExpression'
    ) {
      callee = (
        callee.type === 'CallExpression'
          ? callee.callee
          : callee.type === 'MemberExpression'
            ? callee.object
            : callee.tag
      ) as SyntaxNode;
    }
    const name = unaliased(nameOf(callee), aliases);
    return DEFINES.test(name) ? [{ start: statement.start, name }] : [];
  });
}

function optionThatSkips(node: unknown): string | undefined {
  const options = node as SyntaxNode | undefined;
  if (options?.type !== 'ObjectExpression') {
    return undefined;
  }
  for (const property of options.properties) {
    if (property.type !== 'ObjectProperty' || isOff(property.value as SyntaxNode)) {
      continue;
    }
    const key = nameOf(property.key) || (textOf(property.key) ?? '');
    if (/^(skip|only|todo|fails|retry)$/.test(key)) {
      return `${key}: …`;
    }
  }
  return undefined;
}

function isOff(value: SyntaxNode): boolean {
  return (value.type === 'BooleanLiteral' && !value.value) || (value.type === 'NumericLiteral' && value.value === 0);
}

/** The function that defines a test, without its table: `test.each` of `test.each(…)(…)`. */
function definerOf(callee: SyntaxNode): string {
  if (callee.type === 'CallExpression') {
    return nameOf(callee.callee);
  }
  return nameOf(callee.type === 'TaggedTemplateExpression' ? callee.tag : callee);
}

function unaliased(name: string, aliases: ReadonlyMap<string, string>): string {
  const [root = '', ...rest] = name.split('.');
  return [aliases.get(root) ?? root, ...rest].join('.');
}

function parsed(text: string): Syntax {
  try {
    return parseTypeScript('the source', text);
  } catch {
    return { statements: [], tokens: [] };
  }
}

/** As `nameOf`, and `test['skip']` too. */
function fullNameOf(node: SyntaxNode): string {
  if (node.type !== 'MemberExpression' || !node.computed) {
    return nameOf(node);
  }
  const owner = nameOf(node.object);
  return owner === '' ? '' : `${owner}.${textOf(node.property) ?? ''}`;
}

/** The name of what is called. The owner of a method may be any expression: createService(config).listen(). */
function calledBy(callee: SyntaxNode): string {
  const name = nameOf(callee);
  const isMethod = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  return name === '' && isMethod && callee.property.type === 'Identifier' ? `(…).${callee.property.name}` : name;
}
