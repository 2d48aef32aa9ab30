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

/** The oldest tested version of Pulumi, and the one that Go builds. */
export const minimumVersion = "3.259.0";

export const languageHost = "pulumi-language-nodejs";

/** Starts the dynamic provider. The engine warns if it is not in the engine's folder. */
export const shim = "pulumi-resource-pulumi-nodejs";
export const shimInPackage = join(root, "node_modules", "@pulumi", "pulumi", shim);
