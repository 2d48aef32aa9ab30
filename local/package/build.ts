/** Compiles the package into a folder of its own, from which it is packed. */
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { root } from "../setup/bootstrap/places.mjs";
import { compile } from "./compiler.ts";
import { javaScriptOf, withCompiledImports } from "./javaScript.ts";
import { compiled, packedManifest, sourceManifest } from "./manifest.ts";

/** The policy pack is run from its folder, editors read the schema, the report's page holds its own style and script: taken as they are. */
const asTheyAre = [
  "policy/PulumiPolicy.yaml",
  "config/stack.schema.json",
  "cli/report/html/page.css",
  "cli/report/html/page.client.js",
];
const policyPack = { program: "policy/index.js", manifest: "policy/package.json" };

/** Makes the folder anew. */
export async function build(folder: string): Promise<void> {
  const { bin, exports } = sourceManifest;
  const fronts = Object.values(exports);
  const files = new Map<string, string>([["package.json", `${JSON.stringify(packedManifest(), undefined, 2)}\n`]]);
  const { sources, declarations } = compile(fronts, Object.values(bin));
  for (const path of sources) {
    const { text, map } = javaScriptOf(path, await textOf(path));
    files.set(compiled(path), text).set(`${compiled(path)}.map`, map);
  }
  for (const [path, text] of declarations) files.set(path, text);
  files.set(policyPack.program, withCompiledImports(await textOf(policyPack.program)));
  files.set(policyPack.manifest, await policyManifest());
  for (const path of asTheyAre) files.set(path, await textOf(path));

  const texts = (await filesUnder(documents)).filter((path) => !contributorDocuments.includes(path));
  const isPacked = (place: string) =>
    files.has(place) ||
    texts.includes(place) ||
    [...files.keys(), ...texts].some((path) => path.startsWith(`${place}/`));
  for (const path of texts) files.set(path, packedDocument(path, await textOf(path), isPacked));

  await rm(folder, { recursive: true, force: true });
  await writeFiles(folder, files);
  for (const program of Object.values(bin)) await chmod(join(folder, compiled(program)), 0o755);
}

/** The folder's own package.json hides the types that the package's tells to programs that do not look at exports. */
async function policyManifest(): Promise<string> {
  const manifest = JSON.parse(await textOf(policyPack.manifest)) as object;
  return `${JSON.stringify({ ...manifest, types: "./policies.d.ts" }, undefined, 2)}\n`;
}

function textOf(path: string): Promise<string> {
  return readFile(join(root, path), "utf8");
}

/** The files, and those of the folders but for what is in folders of their own, such as pictures; relative to the clone. */
async function filesUnder(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) =>
      (await stat(join(root, path))).isDirectory()
        ? (await readdir(join(root, path), { withFileTypes: true }))
            .filter((entry) => entry.isFile())
            .map(({ name }) => `${path}/${name}`)
        : [path],
    ),
  );
  return found.flat();
}

/** The documents of the package, relative to the clone. */
const documents = ["README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "docs"];

/** Those of docs/ that are about the repository. */
const contributorDocuments = ["docs/architecture.md", "docs/surprises.md"];

/**
 * A document as it stands in the package: a link to a source leads to what is compiled of it, and one to what only the
 * repository has is its text alone. A picture that only the repository has is left out.
 */
function packedDocument(path: string, text: string, isPacked: (path: string) => boolean): string {
  const isLeftOut = (target: string) => !/^[a-z]+:/.test(target) && !isPacked(posix.join(posix.dirname(path), target));
  const pictured = text.replace(/!\[[^\]]*\]\(([^()\s]+)\)\n*/g, (whole, target: string) =>
    isLeftOut(target) ? "" : whole,
  );
  return pictured.replace(
    /(?<!!)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g,
    (whole, label: string, target: string) => {
      const [file = "", anchor] = target.split("#");
      if (file === "" || /^[a-z]+:/.test(file)) return whole;
      const isFolder = file.endsWith("/");
      const place = posix.join(posix.dirname(path), isFolder ? file.slice(0, -1) : compiled(file));
      if (!isPacked(place)) return label;
      const link = isFolder ? file : compiled(file);
      return `[${label}](${anchor === undefined ? link : `${link}#${anchor}`})`;
    },
  );
}

/** @param files The text of each, by its path relative to the folder. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
