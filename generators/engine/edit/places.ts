import { bare, findNode, nameOf, type SyntaxNode } from './syntax.ts';

type Typed<T extends SyntaxNode['type']> = Extract<SyntaxNode, { type: T }>;

/** Something with members between brackets: an object, a pattern, an interface or an array. */
export type MemberList = Typed<'ObjectExpression' | 'ObjectPattern' | 'TSInterfaceBody' | 'ArrayExpression'>;

/**
 * Finds a place in a file. Each of these is found by what the code means, wherever it stands and however it is laid
 * out; undefined when it is not there.
 */
export type Place<N extends SyntaxNode = SyntaxNode> = (roots: readonly SyntaxNode[]) => N | undefined;

/** The value of a variable, at any depth. */
export function variable(name: string): Place {
  return (roots) => {
    const found = findNode(roots, (node): node is Typed<'VariableDeclarator'> => {
      return node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name;
    });
    return bare(found?.init as SyntaxNode | undefined);
  };
}

/** The statement at the top of the file that declares a variable. */
export function declarationOf(name: string): Place {
  return (roots) =>
    roots.find((node) => {
      const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
      return (
        declaration?.type === 'VariableDeclaration' &&
        declaration.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name)
      );
    });
}

/** The statement at the top of the file that declares a function. */
export function functionNamed(name: string): Place {
  return (roots) =>
    roots.find((node) => {
      const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
      return declaration?.type === 'FunctionDeclaration' && declaration.id?.name === name;
    });
}

/** The first `if` whose condition calls a function. */
export function ifCalling(name: string): Place {
  return (roots) =>
    findNode(roots, (node): node is Typed<'IfStatement'> => {
      return node.type === 'IfStatement' && callOf(name)([node.test as SyntaxNode]) !== undefined;
    });
}

/** The loop over what a variable holds. */
export function loopOver(name: string): Place {
  return (roots) =>
    findNode(roots, (node): node is Typed<'ForOfStatement'> => {
      return node.type === 'ForOfStatement' && node.right.type === 'Identifier' && node.right.name === name;
    });
}

/** The first type of a function. */
export function functionType(): Place {
  return (roots) => findNode(roots, (node): node is Typed<'TSFunctionType'> => node.type === 'TSFunctionType');
}

/** The pattern that is a function's first parameter. */
export function patternOf(arrow: Place): Place {
  return (roots) => {
    const node = arrow(roots);
    const first = node?.type === 'ArrowFunctionExpression' ? (node.params[0] as SyntaxNode | undefined) : undefined;
    return first?.type === 'ObjectPattern' ? first : undefined;
  };
}

/** The entry of an object under a key. */
export function entryOf(object: Place, key: string): Place {
  return (roots) => {
    const node = object(roots);
    const entries = node?.type === 'ObjectExpression' ? (node.properties as SyntaxNode[]) : [];
    return entries.find((entry) => {
      if (entry.type !== 'ObjectProperty' && entry.type !== 'ObjectMethod') {
        return false;
      }
      return entry.key.type === 'StringLiteral' ? entry.key.value === key : nameOf(entry.key) === key;
    });
  };
}

/** The body of a function declaration. */
export function bodyOf(name: string): Place {
  return (roots) => {
    const found = findNode(roots, (node): node is Typed<'FunctionDeclaration'> => {
      return node.type === 'FunctionDeclaration' && node.id?.name === name;
    });
    return found?.body as SyntaxNode | undefined;
  };
}

/** The expression that the function's last statement returns. */
export function returnedBy(name: string): Place {
  return (roots) => {
    const body = bodyOf(name)(roots);
    const last = body?.type === 'BlockStatement' ? body.body.at(-1) : undefined;
    return last?.type === 'ReturnStatement' ? bare(last.argument as SyntaxNode | undefined) : undefined;
  };
}

/** The members of an interface. */
export function interfaceBody(name: string): Place<MemberList> {
  return (roots) => {
    const found = findNode(roots, (node): node is Typed<'TSInterfaceDeclaration'> => {
      return node.type === 'TSInterfaceDeclaration' && node.id.name === name;
    });
    return found?.body as MemberList | undefined;
  };
}

/** One argument of a call. Default: the first. */
export function argumentOf(call: Place, index = 0): Place {
  return (roots) => {
    const node = call(roots);
    return node?.type === 'CallExpression' ? bare(node.arguments[index] as SyntaxNode | undefined) : undefined;
  };
}

/**
 * The first call of a function or a method of this name, `.extend(…)`, for whose arguments and object the condition
 * holds.
 */
export function callOf(name: string, condition: (call: Typed<'CallExpression'>) => boolean = () => true): Place {
  return (roots) =>
    findNode(roots, (node): node is Typed<'CallExpression'> => {
      return node.type === 'CallExpression' && calleeName(node) === name && condition(node);
    });
}

/** The first `new` of a class. */
export function newOf(name: string): Place {
  return (roots) =>
    findNode(roots, (node): node is Typed<'NewExpression'> => {
      return node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === name;
    });
}

/** The import of a module by which one name comes, and no other. */
export function importOf(name: string, from: string): Place {
  return (roots) =>
    roots.find((node) => {
      if (node.type !== 'ImportDeclaration' || node.source.value !== from) {
        return false;
      }
      return node.specifiers.length === 1 && node.specifiers[0]?.local.name === name;
    });
}

/** The statement that sets a variable to something, at whatever depth. */
export function assignmentTo(name: string): Place {
  return (roots) =>
    findNode(roots, (node): node is Typed<'ExpressionStatement'> => {
      if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AssignmentExpression') {
        return false;
      }
      return nameOf(node.expression.left) === name;
    });
}

/** The statement of a block that declares a variable. */
export function declarationIn(block: Place, name: string): Place {
  return (roots) => {
    const node = block(roots);
    return node?.type === 'BlockStatement' ? declarationOf(name)(node.body as SyntaxNode[]) : undefined;
  };
}

/** The expression that an arrow function returns. */
export function resultOf(arrow: Place): Place {
  return (roots) => {
    const node = arrow(roots);
    return node?.type === 'ArrowFunctionExpression' ? bare(node.body as SyntaxNode) : undefined;
  };
}

/** A place inside of another one. */
export function inside(outer: Place, inner: Place): Place {
  return (roots) => {
    const node = outer(roots);
    return node && inner([node]);
  };
}

/** The name of the function or method that is called. */
export function calleeName({ callee }: Typed<'CallExpression'>): string | undefined {
  if (callee.type === 'Identifier') {
    return callee.name;
  }
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : undefined;
}
