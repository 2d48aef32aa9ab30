/** The documents that the code of a package names. */
import assert from "node:assert/strict";
import ts from "typescript";

/**
 * Each document that a message names is in the package, and the message has its place in node_modules.
 *
 * @param paths The files of the package.
 */
export async function namesDocuments(
  paths: readonly string[],
  textOf: (path: string) => Promise<string>,
): Promise<void> {
  const code = paths.filter((path) => /\.m?js$/.test(path));
  const literals = await Promise.all(code.map(async (path) => documentsIn(path, await textOf(path))));
  const named = literals.flat();
  assert.deepEqual(
    named.filter(({ isFound }) => !isFound).map(({ literal }) => literal),
    [],
  );
  const documents = named.map(({ literal }) => literal);
  assert.ok(documents.length > 0);
  assert.deepEqual(
    documents.filter((path) => !paths.includes(path)),
    [],
  );
}

/** The literals that name a document, and whether the text finds it where the package is installed. */
function documentsIn(path: string, text: string): { readonly literal: string; readonly isFound: boolean }[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: { literal: string; isFound: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    const { parent } = node;
    // The JSON Schema has these texts, and the page of the config.
    const isDescription =
      (ts.isPropertyAssignment(node) && node.name.getText() === "description") ||
      (ts.isStringLiteralLike(node) && ts.isCallExpression(parent) && /\.describe$/.test(parent.expression.getText()));
    if (isDescription) return;
    if (isText(node) && /(?<![\w/])docs\/[\w./-]+\.(md|json)/.test(node.text)) {
      const isFound =
        path === "text/documents.js" || (ts.isCallExpression(parent) && parent.expression.getText() === "documentPath");
      found.push({ literal: isFound ? node.text : `${path}: ${node.text}`, isFound });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateLiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
