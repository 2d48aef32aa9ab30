/** Compiles a package into a separate folder, from which it is packed. */
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { root } from "../setup/bootstrap/places.mjs";
import { compile } from "./compiler.ts";
import { importsOf, javaScriptOf, withCompiledImports } from "./javaScript.ts";
import { compiled, packageOf, packedManifest } from "./manifest.ts";
import type { Package } from "./manifest.ts";

const policyPack = { program: "policy/index.js", manifest: "policy/package.json" };

/** Builds the folder, which is deleted first. */
export async function build(folder: string, published: Package): Promise<void> {
  const { bin, exports, unchanged, documents } = published;
  const files = new Map<string, string>();
  const { sources, declarations } = compile(Object.values(exports), Object.values(bin));
  for (const path of sources) {
    const source = await textOf(path);
    const { text, map } = javaScriptOf(path, source);
    files.set(compiled(path), text).set(`${compiled(path)}.map`, map);
  }
  for (const [path, text] of declarations) files.set(path, text);
  if (unchanged.some((path) => path.startsWith("policy/"))) {
    files.set(policyPack.program, withCompiledImports(await textOf(policyPack.program)));
    files.set(policyPack.manifest, await policyManifest());
  }
  const code = [...files].filter(([path]) => /\.(js|d\.ts)$/.test(path));
  const imported = new Set(code.flatMap(([, text]) => importsOf(text)).flatMap(packageOf));
  files.set("package.json", `${JSON.stringify(packedManifest(published, imported), undefined, 2)}\n`);
  for (const path of unchanged) files.set(path, await textOf(path));

  const isPacked = (place: string) =>
    files.has(place) ||
    [...files.keys(), ...documents.values()].some((path) => path === place || path.startsWith(`${place}/`));
  for (const [place, path] of documents)
    files.set(place, packedDocument(await textOf(path), { from: path, to: place, isPacked }));

  await rm(folder, { recursive: true, force: true });
  await writeFiles(folder, files);
  for (const program of Object.values(bin)) await chmod(join(folder, compiled(program)), 0o755);
}

/** The folder's package.json, which would hide the types from programs that ignore `exports`. */
async function policyManifest(): Promise<string> {
  const manifest = JSON.parse(await textOf(policyPack.manifest)) as object;
  return `${JSON.stringify({ ...manifest, types: "./policies.d.ts" }, undefined, 2)}\n`;
}

function textOf(path: string): Promise<string> {
  return readFile(join(root, path), "utf8");
}

interface DocumentPlace {
  /** Where it is in the clone. */
  readonly from: string;
  /** Where it is in the package. */
  readonly to: string;
  /** Whether a file or a folder of the clone is in the package, at the same place. */
  readonly isPacked: (path: string) => boolean;
}

/**
 * A document in the package. Links to sources become links to the compiled files. Links to files that only the repository has
 * become text, and pictures that only the repository has are removed.
 */
function packedDocument(text: string, { from, to, isPacked }: DocumentPlace): string {
  const placeOf = (target: string) => posix.join(posix.dirname(from), target);
  const isElsewhere = (target: string) => /^[a-z]+:/.test(target);
  const pictures = /!\[[^\]]*\]\(([^()\s]+)\)\n*|<a [^>]*><img [^>]*src="([^"]+)"[^>]*><\/a>\n*/g;
  const pictured = text.replace(pictures, (whole, inMarkdown?: string, inHtml?: string) => {
    const target = inMarkdown ?? inHtml ?? "";
    return isElsewhere(target) || isPacked(placeOf(target)) ? whole : "";
  });
  return pictured.replace(
    /(?<!!)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g,
    (whole, label: string, target: string) => {
      const [file = "", anchor] = target.split("#");
      if (file === "" || isElsewhere(file)) return whole;
      const isFolder = file.endsWith("/");
      const place = placeOf(isFolder ? file.slice(0, -1) : compiled(file));
      if (!isPacked(place)) return label;
      const link = `${posix.relative(posix.dirname(to), place)}${isFolder ? "/" : ""}`;
      return `[${label}](${anchor === undefined ? link : `${link}#${anchor}`})`;
    },
  );
}

/** @param files The content of each file, by its path relative to the folder. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
