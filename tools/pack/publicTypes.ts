/**
 * Removes libraries from the declarations that a program's compiler reads, except for Pulumi's. Types that are inferred from
 * those of a library are written out, and values and functions of such types are left out. Otherwise a program without
 * `skipLibCheck` would compile the libraries' own types.
 */
import ts from "typescript";

const isLibrary = (specifier: string) => !/^(\.|node:|@pulumi\/)/.test(specifier);

/** @param text The declarations of the source. */
export function withoutLibraryTypes(program: ts.Program, source: ts.SourceFile, text: string): string {
  const file = ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest, true);
  const names = file.statements.flatMap((statement) => namesFromLibraries(statement));
  if (names.length === 0) return text;
  const { kept, removed } = partition(file, new Set(names));
  const written = removed.flatMap((statement) => {
    if (!ts.isTypeAliasDeclaration(statement)) return [];
    return `export type ${statement.name.text} = ${writtenOut(program, source, statement.name.text)};`;
  });
  const whole = file.getFullText();
  const printer = ts.createPrinter();
  const texts = kept.map((statement) =>
    ts.isImportDeclaration(statement)
      ? printer.printNode(ts.EmitHint.Unspecified, withUsedNames(statement, kept), file)
      : whole.slice(statement.pos, statement.end),
  );
  return [...texts, ...written].join("\n").trimStart();
}

/** The import without the names of removed statements, which the other source can lack for the same reason. */
function withUsedNames(statement: ts.ImportDeclaration, kept: readonly ts.Statement[]): ts.ImportDeclaration {
  const { importClause: clause } = statement;
  const named = clause?.namedBindings;
  if (clause === undefined || named === undefined || !ts.isNamedImports(named)) return statement;
  const rest = kept.filter((other) => !ts.isImportDeclaration(other));
  const used = named.elements.filter(({ name }) => rest.some((other) => mentions(other, new Set([name.text]))));
  const { factory } = ts;
  const bindings = factory.updateNamedImports(named, used);
  const updated = factory.updateImportClause(clause, clause.phaseModifier, clause.name, bindings);
  return factory.updateImportDeclaration(
    statement,
    statement.modifiers,
    updated,
    statement.moduleSpecifier,
    statement.attributes,
  );
}

function namesFromLibraries(statement: ts.Statement): string[] {
  if (!ts.isImportDeclaration(statement)) return [];
  if (!ts.isStringLiteral(statement.moduleSpecifier) || !isLibrary(statement.moduleSpecifier.text)) return [];
  return importedNames(statement);
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const { name, namedBindings } = importClause ?? {};
  const named =
    namedBindings === undefined ? [] : ts.isNamedImports(namedBindings) ? namedBindings.elements : [namedBindings];
  return [...(name === undefined ? [] : [name.text]), ...named.map((one) => one.name.text)];
}

/** Splits the statements into those that do not depend on a library, and the others, without the import of it. */
function partition(file: ts.SourceFile, names: Set<string>) {
  const isImport = (statement: ts.Statement) => namesFromLibraries(statement).length > 0;
  let kept = file.statements.filter((statement) => !isImport(statement));
  const removed: ts.Statement[] = [];
  for (let before = -1; before !== removed.length;) {
    before = removed.length;
    const dependent = kept.filter((statement) => mentions(statement, names));
    kept = kept.filter((statement) => !dependent.includes(statement));
    removed.push(...dependent);
    // A type that is written out no longer depends on it.
    for (const statement of dependent)
      if (!ts.isTypeAliasDeclaration(statement)) for (const name of declaredBy(statement)) names.add(name);
  }
  return { kept, removed: removed.toSorted((one, other) => one.pos - other.pos) };
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  const { name } = statement as { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

function mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node)) return names.has(node.text) && !isPropertyName(node);
  return ts.forEachChild(node, (child) => mentions(child, names)) ?? false;
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertySignature(parent) || ts.isParameter(parent)) && parent.name === node;
}

function writtenOut(program: ts.Program, source: ts.SourceFile, name: string): string {
  const checker = program.getTypeChecker();
  const original = program.getSourceFile(source.fileName) ?? source;
  const declaration = original.statements.find(
    (statement): statement is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(statement) && statement.name.text === name,
  );
  if (declaration === undefined) throw new Error(`${source.fileName} has no type ${name}`);
  const { NoTruncation, InTypeAlias, MultilineObjectLiterals } = ts.NodeBuilderFlags;
  const flags = NoTruncation | InTypeAlias | MultilineObjectLiterals;
  const type = checker.typeToTypeNode(checker.getTypeAtLocation(declaration.name), declaration, flags);
  if (type === undefined) throw new Error(`${source.fileName}: ${name} cannot be written out`);
  const printer = ts.createPrinter();
  const print = (node: ts.Node) => printer.printNode(ts.EmitHint.Unspecified, node, original);
  const { transformed } = ts.transform(type, [withWiderIndex(print)]);
  return print(transformed[0] ?? type);
}

/** In a declaration, the type of an index signature must include the types of the other properties. */
const withWiderIndex =
  (print: (node: ts.Node) => string): ts.TransformerFactory<ts.TypeNode> =>
  (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      return ts.isTypeLiteralNode(visited) ? widened(visited, print) : visited;
    };
    return (node) => ts.visitNode(node, visit) as ts.TypeNode;
  };

function widened(literal: ts.TypeLiteralNode, print: (node: ts.Node) => string): ts.TypeLiteralNode {
  const types = literal.members.flatMap((member) =>
    ts.isPropertySignature(member) && member.type !== undefined ? [member.type] : [],
  );
  const members = literal.members.map((member) => {
    if (!ts.isIndexSignatureDeclaration(member) || types.length === 0) return member;
    const all = new Map([member.type, ...types].map((type) => [print(type), type]));
    const union = ts.factory.createUnionTypeNode([...all.values()]);
    return ts.factory.updateIndexSignature(member, member.modifiers, member.parameters, union);
  });
  return ts.factory.updateTypeLiteralNode(literal, ts.factory.createNodeArray(members));
}
