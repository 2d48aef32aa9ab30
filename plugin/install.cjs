// `pulumi package add` runs `npm install` only in this folder, but the dependencies of the components belong to the parent folder
// and its lockfile. They are installed only if one is missing, and without install scripts, because no package needs one.
const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const packages = Object.keys(require("../package.json").dependencies);
if (packages.some((name) => !existsSync(join(root, "node_modules", name, "package.json")))) {
  console.log("Installing the dependencies of customer-care (npm ci)");
  const { npm_execpath: npm } = process.env;
  const [command, ...before] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
  const args = [...before, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: command === "npm" });
  process.exitCode = status ?? 1;
}
