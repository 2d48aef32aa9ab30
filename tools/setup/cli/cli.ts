import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bootstrap/places.mjs";
import type { Progress } from "../bootstrap/progress.mjs";

/** Pulumi's CLI, with the binaries that it requires in the same folder. */
export interface Cli {
  /** The path of `pulumi`. */
  pulumi: string;
  version: string;
  source: "PATH" | "download" | "go build";
  /** Whether its Node language host can run policy packs and component packages. The one that Go builds cannot. */
  canRunPolicyPacks: boolean;
}

export interface CliOptions {
  home: string;
  progress: Progress;
}

/** The oldest tested version of Pulumi. */
export const minimumVersion = "3.259.0";

/** The folders with the go.mod of each binary that Go builds. */
export const goModules = join(root, "tools", "setup", "engine");

const cliModule = readFileSync(join(goModules, "cli", "go.mod"), "utf8");

function pinned(pattern: RegExp): string {
  const found = pattern.exec(cliModule)?.[1];
  if (found === undefined) throw new Error(`tools/setup/engine/cli/go.mod has no line like ${String(pattern)}`);
  return found;
}

/** The version of Pulumi that Go builds. */
export const builtVersion = pinned(/^require github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)$/m);

/** The version of Go that this needs. Go 1.21 and later download it. */
export const goVersion = pinned(/^go (\d+\.\d+)/m);

export const languageHost = "pulumi-language-nodejs";

/** Starts the dynamic provider. The engine warns if it is not in the engine's folder. */
export const shim = "pulumi-resource-pulumi-nodejs";
export const shimInPackage = join(root, "node_modules", "@pulumi", "pulumi", shim);
