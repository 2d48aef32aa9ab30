/** Uses TypeScript to find the sources of the package, and to generate the types of its entry points. */
import { readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import ts from "typescript";
import { root } from "../setup/bootstrap/places.mjs";
import { importsOf, javaScriptOf, withCompiledImports } from "./javaScript.ts";
import { compiled } from "./manifest.ts";
import { withoutLibraryTypes } from "./publicTypes.ts";

export interface Compiled {
  /**
   * The entries and everything that their JavaScript imports from this repository, relative to the clone. A file from which
   * they import only types is not among them.
   */
  readonly sources: readonly string[];
  /** The declarations of the entry points and their dependencies, by path relative to the clone. */
  readonly declarations: ReadonlyMap<string, string>;
}

/**
 * @param entryPoints The sources that a program imports.
 * @param programs The sources that are run.
 */
export function compile(entryPoints: readonly string[], programs: readonly string[]): Compiled {
  const program = programOf([...entryPoints, ...programs]);
  const sources = [...loadedBy([...entryPoints, ...programs])].sort();
  return { sources, declarations: neededBy(entryPoints, declarationsOf(program)) };
}

/** The sources, and those whose compiled files theirs import. */
function loadedBy(sources: readonly string[], loaded = new Set<string>()): ReadonlySet<string> {
  for (const path of sources.map((source) => posix.normalize(source))) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    const { text } = javaScriptOf(path, readFileSync(join(root, path), "utf8"));
    const imports = importsOf(text).filter((name) => /^\.\.?\/.*\.m?js$/.test(name));
    loadedBy(
      imports.map((name) => posix.join(posix.dirname(path), name).replace(/\.js$/, ".ts")),
      loaded,
    );
  }
  return loaded;
}

function programOf(sources: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  return ts.createProgram(
    sources.map((source) => join(root, source)),
    { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true },
  );
}

function declarationsOf(program: ts.Program): ReadonlyMap<string, string> {
  const declarations = new Map<string, string>();
  const { diagnostics } = program.emit(
    undefined,
    (path, text, _byteOrderMark, _onError, sources = []) => {
      const own = sources[0] === undefined ? text : withoutLibraryTypes(program, sources[0], text);
      declarations.set(fromRoot(path), withCompiledImports(own));
    },
    undefined,
    true,
  );
  if (diagnostics.length === 0) return declarations;
  throw new Error(
    ts.formatDiagnostics(diagnostics, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => "\n",
    }),
  );
}

function neededBy(
  entryPoints: readonly string[],
  declarations: ReadonlyMap<string, string>,
  needed = new Map<string, string>(),
): ReadonlyMap<string, string> {
  for (const entryPoint of entryPoints) {
    const path = posix.normalize(compiled(entryPoint, ".d.ts"));
    const text = declarations.get(path);
    if (text === undefined || needed.has(path)) continue;
    needed.set(path, text);
    const imports = importsOf(text).filter((name) => name.startsWith("."));
    const sources = imports.map((name) => posix.join(posix.dirname(path), name).replace(/\.js$/, ".ts"));
    neededBy(sources, declarations, needed);
  }
  return needed;
}

function fromRoot(path: string): string {
  return relative(root, path).split(sep).join("/");
}
