/** How the sources import each other (CONTRIBUTING.md, "Where things are"), and how small they are. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { arrows, exceptions, importProblem } from "../../tools/setup/frontDoors.mjs";

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
      .importedFiles.filter(({ fileName }) => fileName.startsWith(".") && !fileName.endsWith(".json"))
      .map(({ fileName }) => join(dirname(file), fileName)),
  ]),
);

/** The names that a file imports or exports from another file, by that file. A namespace has all of them. */
function namesFrom(file: string): { readonly from: string; readonly names: readonly string[] }[] {
  const { statements } = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
    const names =
      bindings !== undefined && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
        ? bindings.elements.map(({ name, propertyName = name }) => propertyName.text)
        : ["*"];
    return [{ from: join(dirname(file), moduleSpecifier.text), names }];
  });
}

describe("a front door", () => {
  const { exports: published } = JSON.parse(textOf("package.json")) as { exports: Record<string, string> };
  const doors = files.filter((file) => /(^|\/)(index|internal)\.ts$/.test(file) && file.includes("/"));

  it("exports only what another file imports, unless the package exports it", () => {
    const imported = new Set(
      [...importsOf].flatMap(([file, targets]) =>
        (targets.some((target) => doors.includes(target)) ? namesFrom(file) : []).flatMap(({ from, names }) =>
          names.map((name) => `${from} ${name}`),
        ),
      ),
    );
    const unused = doors
      .filter((door) => !Object.values(published).includes(`./${door}`) && !imported.has(`${door} *`))
      .flatMap((door) =>
        ts
          .createSourceFile(door, textOf(door), ts.ScriptTarget.Latest)
          .statements.filter(ts.isExportDeclaration)
          .flatMap(({ exportClause }) =>
            exportClause !== undefined && ts.isNamedExports(exportClause) ? [...exportClause.elements] : [],
          )
          .map(({ name }) => `${door} ${name.text}`),
      )
      .filter((name) => !imported.has(name));
    expect(unused).toEqual([]);
  });
});

describe("a source", () => {
  it("imports another folder along the arrows and through its door, and each exception is needed", () => {
    const forbidden = files.flatMap((from) =>
      (importsOf.get(from) ?? []).filter((to) => importProblem(from, to) !== undefined).map((to) => `${from} → ${to}`),
    );
    expect([...new Set(forbidden)].sort()).toEqual(Object.keys(exceptions).sort());
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
    const small = [...importsOf.keys()].filter((file) => linesOf(file) < 25 && !/(^|\/)index\.ts$/.test(file));
    expect(small.filter((file) => importers(file).length === 1)).toEqual([]);
  });
});
