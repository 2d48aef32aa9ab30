/** The gcp plugins that tests run: the stand-in, and the real one if it is installed and CUSTOMER_CARE_GCP_PLUGIN asks for it. */
import { access } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Executable } from "./play.ts";

const main = fileURLToPath(new URL("../../tools/gcpStandIn/main.ts", import.meta.url));
const standIn: Executable = { command: process.execPath, args: [main] };

const { CUSTOMER_CARE_GCP_PLUGIN: wished, PULUMI_HOME: home = "" } = process.env;
const installed = join(home, "plugins", "resource-gcp-v9.35.0", "pulumi-resource-gcp");
const isInstalled =
  wished === "installed" &&
  (await access(installed).then(
    () => true,
    () => false,
  ));

export const plugins: [string, Executable][] = [
  ["the stand-in", standIn],
  ...(isInstalled ? [["the installed plugin", { command: installed, args: [] }] as [string, Executable]] : []),
];
