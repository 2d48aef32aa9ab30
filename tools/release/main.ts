/**
 * `npm run release -- v0.2.0`: checks that the tag can be released, and writes what a release publishes to
 * `.customer-care/release/`. It publishes nothing. .github/workflows/release.yml does that.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { care, components, pack, packPlugin } from "../pack/index.ts";
import { home, root } from "../setup/bootstrap/places.mjs";
import { SetUpError } from "../setup/bootstrap/setUpError.mjs";
import { releaseOf } from "./release.ts";

const versioned = [
  ...["", "care/", "plugin/", "policy/", "tools/"].map((folder) => `${folder}package.json`),
  "plugin/schema.json",
];

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;

try {
  const repository = server && name ? `${server}/${name}` : undefined;
  const versions = new Map<string, string>();
  for (const file of versioned)
    versions.set(file, (JSON.parse(await readFile(join(root, file), "utf8")) as { version: string }).version);
  const changelog = await readFile(join(root, "CHANGELOG.md"), "utf8");
  const { notes } = releaseOf({ tag: process.argv[2], versions, changelog, repository, now: new Date() });

  const folder = join(home, "release");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const published of [components, care]) {
    const { path } = await pack(folder, repository === undefined ? published : { ...published, repository });
    console.log(relative(root, path));
  }
  for (const path of await packPlugin(folder, repository)) console.log(relative(root, path));
  await writeFile(join(folder, "notes.md"), `${notes}\n`);
  await rm(join(folder, "build"), { recursive: true });
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
