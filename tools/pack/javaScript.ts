/**
 * The JavaScript of a source: Node's own type stripping, so that it is identical to what runs in this repository. The state of a
 * stack contains the text of the test case's provider (components/dynamicCase.ts), so a stack that moves from a clone to the
 * package shows no change.
 */
import { stripTypeScriptTypes } from "node:module";
import { basename } from "node:path";
import ts from "typescript";
import { compiled } from "./manifest.ts";

export interface JavaScript {
  readonly text: string;
  /** The source map, with the source in it. */
  readonly map: string;
}

export function javaScriptOf(path: string, source: string): JavaScript {
  const file = compiled(basename(path));
  const text = withCompiledImports(stripTypeScriptTypes(source, { mode: "strip" }));
  // Stripped types become spaces, so that line numbers do not change.
  const mappings = text.split("\n").map((_, line) => (line === 0 ? "AAAA" : "AACA"));
  const map = { version: 3, file, sources: [basename(path)], sourcesContent: [source], mappings: mappings.join(";") };
  return { text: `${text.trimEnd()}\n//# sourceMappingURL=${file}.map\n`, map: JSON.stringify(map) };
}

/** The import specifiers in a text. */
export function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The text, with imports of compiled files in place of sources: `./guide/index.ts` → `./guide/index.js`. */
export function withCompiledImports(text: string): string {
  let result = text;
  for (const { fileName, end } of ts.preProcessFile(text, true, true).importedFiles.toReversed())
    if (/^\.\.?\/.*\.ts$/.test(fileName)) {
      const at = text.lastIndexOf(fileName, end) + fileName.length;
      result = `${result.slice(0, at - 3)}.js${result.slice(at)}`;
    }
  return result;
}
