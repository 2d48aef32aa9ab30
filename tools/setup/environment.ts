import { mkdir } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { withoutProxyForLoopback } from "./bootstrap/proxy.mjs";
import type { Cli } from "./cli/index.ts";

interface Place {
  home: string;
  cli: Pick<Cli, "pulumi">;
  pulumiHome: string;
}

/** The variables that limit an engine to the clone: its plugins, its login, its state. */
export async function environmentOf({ home, cli, pulumiHome }: Place): Promise<Record<string, string>> {
  const state = join(home, "state");
  await mkdir(state, { recursive: true });
  // The language host and the dynamic provider start the first `node` on PATH.
  const path = [dirname(cli.pulumi), dirname(process.execPath), process.env.PATH];
  return {
    PATH: path.filter(Boolean).join(delimiter),
    PULUMI_HOME: pulumiHome,
    PULUMI_BACKEND_URL: `file://${state}`,
    // The state is only on this machine, and contains no secrets.
    PULUMI_CONFIG_PASSPHRASE: "customer-care",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // A plugin on PATH would override the one that was chosen here.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    ...withoutProxyForLoopback(process.env),
  };
}
