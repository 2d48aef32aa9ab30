/**
 * A package manager runs this for a program that installs the repository, such as `npm install github:ORG/customer-care#v0.2.0`: it
 * replaces the temporary clone by the compiled package, because Node does not strip types in node_modules. It does nothing in a clone
 * of your own.
 */
import { cp, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { runsTypeScript } from "../../text/nodeVersion.mjs";
import { home, root } from "../setup/bootstrap/places.mjs";

/** What a package manager uses itself. */
const used = [".git", "node_modules"];

/** The temporary clone of each package manager: the name of its folder, and a variable that only it sets. */
const temporaryClones = [
  { folder: /^git-clone/, variable: "_PACOTE_NO_PREPARE_" },
  { folder: /^(\.tmp|_tmp_)/, variable: "PNPM_SCRIPT_SRC_DIR" },
  { folder: /^xfs-/, variable: "BERRY_BIN_FOLDER" },
];

if (
  temporaryClones.some(({ folder, variable }) => folder.test(basename(root)) && process.env[variable] !== undefined)
) {
  if (runsTypeScript(process.versions.node)) await replaceClone();
  else {
    console.error(`customer-care needs Node 22.18 or later; this is Node ${process.versions.node}.`);
    process.exitCode = 1;
  }
}

async function replaceClone() {
  // An older Node cannot load them.
  const { build } = await import("./build.ts");
  const { components } = await import("./manifest.ts");
  const folder = join(home, "package");
  await build(folder, components);
  for (const name of await readdir(root))
    if (!used.includes(name) && join(root, name) !== home) await rm(join(root, name), { recursive: true });
  await cp(folder, root, { recursive: true });
  await rm(home, { recursive: true });
}
