/** The gcp plugins that tests run: the stand-in, and the real one if it is installed and CUSTOMER_CARE_GCP_PLUGIN asks for it. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineFromEnvironment } from "../engineFromEnvironment.ts";

/** A plugin's executable, and what comes before its own arguments. */
export interface Executable {
  readonly command: string;
  readonly args: readonly string[];
}

const main = fileURLToPath(new URL("../../../tools/gcpStandIn/main.ts", import.meta.url));
const standIn: Executable = { command: process.execPath, args: [main] };

const { gcpPlugin, gcpPluginVersion, gcpPluginFolder } = await engineFromEnvironment();
const isWished = process.env["CUSTOMER_CARE_GCP_PLUGIN"] === "installed" && gcpPlugin === "installed";
const installed: Executable = { command: join(gcpPluginFolder, "pulumi-resource-gcp"), args: [] };

export const plugins: [string, Executable][] = [
  ["the stand-in", standIn],
  ...(isWished ? [[`the installed plugin ${gcpPluginVersion}`, installed] as [string, Executable]] : []),
];
