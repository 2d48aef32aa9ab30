import { join } from "node:path";
import type { Progress } from "../bootstrap/progress.mjs";
import { SetUpError } from "../bootstrap/setUpError.mjs";
import type { Cli } from "../cli/index.ts";
import { downloadGcpPlugin } from "./download.ts";
import { takeInstalledGcpPlugin } from "./installed.ts";
import { installStandIn } from "./standIn.ts";
import { version } from "./version.ts";

/** Where the gcp plugin comes from. */
export type GcpPlugin = "installed" | "download" | "stand-in";

export interface GcpPluginOptions {
  root: string;
  home: string;
  cli: Cli;
  wished: "installed" | "stand-in" | undefined;
  progress: Progress;
}

/** Each kind has a PULUMI_HOME of its own, so that the same clone can run with one and then with another. */
interface InstalledGcpPlugin {
  kind: GcpPlugin;
  pulumiHome: string;
}

/** The value of CUSTOMER_CARE_GCP_PLUGIN. */
export function wishedGcpPlugin(text: string | undefined): GcpPluginOptions["wished"] {
  if (text === undefined || text === "") return undefined;
  if (text === "installed" || text === "stand-in") return text;
  throw new SetUpError(`CUSTOMER_CARE_GCP_PLUGIN is "${text}". Known: installed, stand-in.`);
}

/** The user's own, else Pulumi's download, else the stand-in, which is said. */
export async function ensureGcpPlugin(options: GcpPluginOptions): Promise<InstalledGcpPlugin> {
  const { root, home, cli, wished, progress } = options;
  const homeOf = (kind: GcpPlugin): InstalledGcpPlugin => ({ kind, pulumiHome: join(home, "pulumi-home", kind) });
  const installed = homeOf("installed");
  const download = homeOf("download");
  const standIn = homeOf("stand-in");

  if (wished !== "stand-in" && (await takeInstalledGcpPlugin(installed.pulumiHome))) return installed;
  if (wished === "installed") {
    throw new SetUpError(
      `CUSTOMER_CARE_GCP_PLUGIN asks for the installed gcp plugin, but ${version} is not installed: pulumi plugin install resource gcp ${version}.`,
    );
  }
  if (wished !== "stand-in" && (await downloadGcpPlugin({ home, pulumiHome: download.pulumiHome, cli, progress }))) {
    return download;
  }
  await installStandIn(root, standIn.pulumiHome);
  progress.note(
    `A stand-in takes the place of the gcp plugin ${version}${
      wished === undefined ? ", which is neither installed nor to be downloaded here" : ""
    }; it knows the local cloud alone.`,
  );
  return standIn;
}
