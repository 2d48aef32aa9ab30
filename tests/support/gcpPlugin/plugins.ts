/** The gcp plugins that tests run: the stand-in, and the real one if it is installed and CUSTOMER_CARE_GCP_PLUGIN asks for it. */
import { join } from "node:path";
import { engineFromEnvironment } from "../engineFromEnvironment.ts";
import { installed, standIn } from "./pluginClient.ts";
import type { RunPlugin } from "./pluginClient.ts";

const { gcpPlugin, gcpPluginVersion, gcpPluginFolder } = await engineFromEnvironment();
const isWished = process.env["CUSTOMER_CARE_GCP_PLUGIN"] === "installed" && gcpPlugin === "installed";
const executable = join(gcpPluginFolder, "pulumi-resource-gcp");

export const plugins: [string, RunPlugin][] = [
  ["the stand-in", standIn],
  ...(isWished ? [[`the installed plugin ${gcpPluginVersion}`, installed(executable)] as [string, RunPlugin]] : []),
];
