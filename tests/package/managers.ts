/** The package managers on npm, which the tests install into a folder outside of the clone. */
import { join } from "node:path";
import { npm } from "../../tools/setup/bootstrap/npm.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { npmEnvironment } from "../support/npmEnvironment.ts";

/** Each with the file of its command. */
const managers = {
  pnpm: { package: "pnpm@12.21.0", file: "pnpm/bin/pnpm.mjs" },
  bun: { package: "@oven/bun-linux-x64@1.4.5", file: "@oven/bun-linux-x64/bin/bun" },
  yarn: { package: "@yarnpkg/cli-dist@4.18.1", file: "@yarnpkg/cli-dist/bin/yarn.js" },
} as const;

export const hasBun = process.platform === "linux" && process.arch === "x64";

/** The environment of all package managers. */
const inherited = npmEnvironment();

/** Yarn reads no settings of npm. */
const { NPM_CONFIG_REGISTRY: registry = "" } = inherited;
const environment = { ...inherited, YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, "") };

export async function installManagers(folder: string): Promise<void> {
  const packages = Object.entries(managers).flatMap(([name, manager]) =>
    name === "bun" && !hasBun ? [] : [manager.package],
  );
  await succeeds([...npm(), "install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], folder);
}

/** The command of a package manager that is installed in the folder. */
export function withManager(name: keyof typeof managers, folder: string): string[] {
  return [...(name === "bun" ? [] : [process.execPath]), join(folder, "node_modules", managers[name].file)];
}

export async function succeeds([program = "", ...args]: readonly string[], cwd: string): Promise<void> {
  const { code, stdout, stderr } = await run(program, args, { cwd, env: environment, timeout: 600_000 });
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${stdout}${stderr}`);
}
