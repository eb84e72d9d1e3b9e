import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from '@babel/parser';
import type { Identifier, Statement, StringLiteral } from '@babel/types';
import { entriesOf, manifestOf, type Published } from './packages.ts';

/**
 * The public API of a package: for each of its entries, what it exports, as TypeScript declares it.
 * @param compiled the folder of the compiled packages.
 */
export function apiOf(name: Published, compiled: string): string {
  const sources = Object.entries(entriesOf(manifestOf(name))).filter(([, path]) => path.endsWith('.ts'));
  const sections = sources.map(([subpath, path]) => {
    const file = join(compiled, 'packages', name, path.replace(/\.ts$/, '.d.ts'));
    const exported = [...exportsOf(file)].toSorted(([left], [right]) => (left < right ? -1 : 1));
    const entry = `${manifestOf(name).name}${subpath.slice(1)}`;
    const lines = [...new Set(exported.map(([, text]) => text))];
    return `## ${entry}\n\n${lines.length === 0 ? 'Nothing: it is loaded for what it does.' : `\`\`\`ts\n${lines.join('\n')}\n\`\`\``}\n`;
  });
  return `# The public API of ${manifestOf(name).name}\n\n${sections.join('\n')}`;
}

/** The declarations that a compiled file exports, by name. */
function exportsOf(file: string): Map<string, string> {
  const source = readFileSync(file, 'utf8');
  const { program } = parse(source, { sourceType: 'module', plugins: [['typescript', { dts: true }]] });
  const found = new Map<string, string>();
  for (const statement of program.body) {
    if (statement.type === 'ExportAllDeclaration' && !statement.source.value.startsWith('.')) {
      found.set(`* of ${statement.source.value}`, textIn(source, statement));
    } else if (statement.type === 'ExportAllDeclaration') {
      for (const [name, text] of exportsOf(declarationFile(file, statement.source.value))) {
        found.set(name, text);
      }
    }
    if (statement.type === 'ExportDefaultDeclaration') {
      found.set('default', textIn(source, statement));
    }
    if (statement.type !== 'ExportNamedDeclaration') {
      continue;
    }
    if (statement.declaration) {
      for (const name of namesOf(statement.declaration)) {
        found.set(name, textIn(source, statement));
      }
    }
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ExportSpecifier') {
        continue;
      }
      const name = nameIn(specifier.exported);
      const from = statement.source?.value;
      found.set(
        name,
        from?.startsWith('.')
          ? (exportsOf(declarationFile(file, from)).get(nameIn(specifier.local)) ?? unresolved(file, name))
          : `export { ${name} } from '${from}';`,
      );
    }
  }
  return found;
}

function nameIn(node: Identifier | StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

function unresolved(file: string, name: string): never {
  throw new Error(`${file} exports ${name}, which is not declared where it comes from`);
}

function declarationFile(from: string, specifier: string): string {
  return join(dirname(from), specifier.replace(/\.[jt]s$/, '.d.ts'));
}

function namesOf(declaration: Statement): readonly string[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.map(({ id }) => ('name' in id ? id.name : ''));
  }
  return 'id' in declaration && declaration.id && 'name' in declaration.id ? [declaration.id.name] : [];
}

/** A statement as it stands there, without comments and without what is private. */
function textIn(source: string, { start, end }: Statement): string {
  return source
    .slice(start ?? 0, end ?? 0)
    .replaceAll(/\/\*\*?[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^\s+(?:private |#)/.test(line))
    .join('\n')
    .replace(/^export declare /, 'export ');
}
