/** How the sources import each other (CONTRIBUTING.md, "Where things are"), and how small they are. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { arrows, exceptions, importProblem, isOwnImport } from "../../tools/setup/frontDoors.mjs";
import { entries } from "../../tools/generate/entries.ts";

const sourcesUnder = (folder: string) =>
  globSync(`${folder}/**/*.{ts,mjs,cjs,js}`, { cwd: root }).map((path) => path.replaceAll("\\", "/"));

const files = Object.keys(arrows).flatMap((name) => (name.endsWith(".ts") ? [name] : sourcesUnder(name)));

const textOf = (file: string) => readFileSync(join(root, file), "utf8");

const linesOf = (file: string) => textOf(file).trimEnd().split("\n").length;

const importsOf = new Map(
  [...files, ...sourcesUnder("tests")].map((file) => [
    file,
    ts
      .preProcessFile(textOf(file), true, true)
      .importedFiles.filter(({ fileName }) => isOwnImport(fileName) && !fileName.endsWith(".json"))
      .map(({ fileName }) => (fileName.startsWith(".") ? join(dirname(file), fileName) : fileName)),
  ]),
);

/** The names that a file imports or exports from another file, by that file. A namespace, or `import()`, has all of them. */
function namesFrom(file: string): { readonly from: string; readonly names: readonly string[] }[] {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest);
  const loaded = [...source.text.matchAll(/\bimport\("(\.[^"]+)"\)/g)].map(([, path = ""]) =>
    join(dirname(file), path),
  );
  return [
    ...loaded.map((from) => ({ from, names: ["*"] })),
    ...source.statements.flatMap((statement) => namesIn(file, statement)),
  ];
}

function namesIn(
  file: string,
  statement: ts.Statement,
): { readonly from: string; readonly names: readonly string[] }[] {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
  const { moduleSpecifier } = statement;
  if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
  const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
  const names =
    bindings !== undefined && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
      ? bindings.elements.map(({ name, propertyName = name }) => propertyName.text)
      : ["*"];
  return [{ from: join(dirname(file), moduleSpecifier.text), names }];
}

/** The values and types that a file declares and exports, and the names that it exports from others. */
function exportsOf(file: string): string[] {
  const { statements } = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      return exportClause !== undefined && ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : [];
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [statement.name?.text ?? ""];
    // Its own file's exports may have a type that no other file names.
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      const { text: name } = statement.name;
      return textOf(file).match(new RegExp(`\\b${name}\\b`, "g"))?.length === 1 ? [name] : [];
    }
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  });
}

describe("a source", () => {
  const { exports: published } = JSON.parse(textOf("package.json")) as { exports: Record<string, { types: string }> };

  it("exports only what another file imports, unless the package exports it", () => {
    const programs = [...importsOf.keys(), "vitest.config.ts", "eslint.config.js", ...sourcesUnder("examples")];
    const imported = new Set(
      programs.flatMap((file) => namesFrom(file).flatMap(({ from, names }) => names.map((name) => `${from} ${name}`))),
    );
    // Tests write programs of their own, as texts.
    const inTexts = new Set(
      programs.flatMap((file) => [...textOf(file).matchAll(/\bimport \{ (\w+) \} from \$\{/g)].map(([, name]) => name)),
    );
    const unused = files
      .filter(
        (file) => !Object.values(published).some(({ types }) => types === `./${file}`) && !imported.has(`${file} *`),
      )
      .flatMap((file) => exportsOf(file).flatMap((name) => (inTexts.has(name) ? [] : [`${file} ${name}`])));
    expect(unused.filter((name) => !imported.has(name))).toEqual([]);
  });

  it("imports another folder along the arrows and through its door, and each exception is needed", () => {
    const forbidden = files.flatMap((from) =>
      (importsOf.get(from) ?? []).filter((to) => importProblem(from, to) !== undefined).map((to) => `${from} → ${to}`),
    );
    expect([...new Set(forbidden)].sort()).toEqual(Object.keys(exceptions).sort());
  });

  it("of a new folder is refused until the folder has an entry", () => {
    expect(importProblem("extra/x.ts", "onboarding/check.ts")).toMatch(/^extra has no entry in arrows/);
    expect(importProblem("extra/x.ts", "onboarding/index.ts")).toMatch(/^extra has no entry in arrows/);
    expect(importProblem("main2.mjs", "care/main.ts")).toMatch(/^main2.mjs has no entry in arrows/);
    const folders = globSync("*/**/*.{ts,mjs,cjs,js}", { cwd: root, exclude: ["node_modules/**", ".*/**"] });
    const named = new Set(folders.map((path) => path.split(/[\\/]/)[0]));
    expect([...named].filter((name = "") => !Object.hasOwn(arrows, name)).sort()).toEqual(["examples", "tests"]);
  });

  it("is in no circle of imports", () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (path.includes(file) || done.has(file)) return;
      for (const next of importsOf.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it("has at least 25 lines where one file alone imports it, unless it is a door", () => {
    const importers = (file: string) => [...importsOf.values()].filter((targets) => targets.includes(file));
    const isDoor = (file: string) => /(^|\/)index\.ts$/.test(file) || entries.has(file);
    const small = [...importsOf.keys()].filter((file) => linesOf(file) < 25 && !isDoor(file));
    expect(small.filter((file) => importers(file).length === 1)).toEqual([]);
  });
});
