import ts from "typescript";

/** What a text imports, by the names that it writes. */
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
