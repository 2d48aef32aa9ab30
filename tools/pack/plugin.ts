/**
 * The archives of the component package for other languages, as `pulumi plugin install` looks for them in a GitHub release. The
 * package is JavaScript, so all platforms have the same content. Pulumi installs its dependencies with npm.
 */
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/bootstrap/places.mjs";
import { run } from "../setup/bootstrap/process.mjs";
import { SetUpError } from "../setup/bootstrap/setUpError.mjs";
import { writeFiles } from "./build.ts";
import { compile } from "./compiler.ts";
import { importsOf, javaScriptOf, withCompiledImports } from "./javaScript.ts";
import { compiled, components, packageOf, repositoryField } from "./manifest.ts";

/** In the words of Pulumi's file names. */
const platforms = ["linux", "darwin", "windows"].flatMap((system) =>
  ["amd64", "arm64"].map((processor) => `${system}-${processor}`),
);

const provider = "plugin/provider.ts";
const entry = "plugin/index.cjs";
const schema = "plugin/schema.json";

/**
 * @param repository The address of the repository, for a release.
 * @returns the paths of the archives
 */
export async function packPlugin(destination: string, repository?: string): Promise<string[]> {
  const { version, license, engines } = components.manifest;
  const folder = join(destination, "build", "plugin");
  const textOf = (path: string) => readFile(join(root, path), "utf8");

  const files = new Map<string, string>();
  const { sources } = compile([], [provider]);
  if (!sources.includes(provider)) throw new Error(`${provider} does not exist`);
  for (const path of sources) files.set(compiled(path), javaScriptOf(path, await textOf(path)).text);
  files.set(entry, withCompiledImports(await textOf(entry)));
  const imported = new Set([...files.values()].flatMap((text) => importsOf(text)).flatMap(packageOf));
  const manifest = {
    name: "customer-care-plugin",
    version,
    license,
    ...repositoryField(repository),
    private: true,
    type: "module",
    main: entry,
    engines,
    // The versions that were tested, because no other program shares them.
    dependencies: Object.fromEntries(
      [...imported].sort().map((name) => [name, components.manifest.dependencies[name] ?? missing(name)]),
    ),
  };
  files
    .set("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`)
    .set("PulumiPlugin.yaml", await textOf("plugin/PulumiPlugin.yaml"))
    .set("LICENSE", await textOf("LICENSE"))
    .set(schema, await textOf(schema));
  await rm(folder, { recursive: true, force: true });
  await writeFiles(folder, files);

  await mkdir(destination, { recursive: true });
  const archives = platforms.map((platform) =>
    join(destination, `pulumi-resource-customer-care-v${version}-${platform}.tar.gz`),
  );
  const [first = "", ...others] = archives;
  const { code, stderr } = await run("tar", ["-czf", first, "-C", folder, "."]);
  if (code !== 0) throw new SetUpError(`tar failed with exit code ${String(code)}: ${stderr.trimEnd()}`);
  for (const other of others) await copyFile(first, other);
  return archives;
}

function missing(name: string): never {
  throw new Error(`${name} is imported by the component package and not among the dependencies`);
}
