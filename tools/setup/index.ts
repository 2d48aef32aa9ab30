import { join } from "node:path";
import { withLock } from "./bootstrap/lock.mjs";
import { home, root } from "./bootstrap/places.mjs";
import { terminalProgress } from "./bootstrap/progress.mjs";
import type { Progress } from "./bootstrap/progress.mjs";
import { findCli } from "./cli/index.ts";
import type { Cli } from "./cli/index.ts";
import { environmentOf } from "./environment.ts";
import { ensureGcpPlugin, version as gcpPackageVersion, requestedGcpPlugin } from "./gcpPlugin.ts";
import type { GcpPlugin } from "./gcpPlugin.ts";

export { SetUpError } from "./bootstrap/setUpError.mjs";
export { widthOf, wrappedLines } from "./bootstrap/progress.mjs";
export type { Progress } from "./bootstrap/progress.mjs";

/** Pulumi's engine, ready to run. */
export interface Engine extends Cli {
  /** The gcp plugin: the user's own, Pulumi's download, or the stand-in, which supports only the local cloud. */
  gcpPlugin: GcpPlugin;
  /** Its version. The stand-in has that of `@pulumi/gcp`. */
  gcpPluginVersion: string;
  /** The version of `@pulumi/gcp`, which the engine looks for. */
  gcpPackageVersion: string;
  /** A project that names this folder uses the plugin for all versions, such as those in the state of an older release. */
  gcpPluginFolder: string;
  /**
   * The environment for the Automation API or a child process, in addition to the current one. `PulumiCommand.get` reads only
   * `process.env`, so it needs `Object.assign(process.env, engine.environment)`.
   */
  environment: Record<string, string>;
}

export interface SetUpOptions {
  /** @default lines on stderr */
  progress?: Progress;
}

/**
 * Finds, downloads or builds the engine, and stores it in the clone. It never changes the user's own Pulumi.
 *
 * @throws SetUpError that names the missing tool and how to get it
 */
export async function setUp({ progress = terminalProgress() }: SetUpOptions = {}): Promise<Engine> {
  const requested = requestedGcpPlugin(process.env.CUSTOMER_CARE_GCP_PLUGIN);
  return withLock(
    join(home, "locks", "engine"),
    async () => {
      const cli = await findCli({ home, progress });
      const plugin = await ensureGcpPlugin({ root, home, cli, requested, progress });
      return {
        ...cli,
        gcpPlugin: plugin.kind,
        gcpPluginVersion: plugin.version,
        gcpPackageVersion,
        gcpPluginFolder: plugin.folder,
        environment: await environmentOf({ home, cli, pulumiHome: plugin.pulumiHome }),
      };
    },
    { onWait: (pid) => progress.note(`Waiting for another run (process ${pid}), which is setting up the engine.`) },
  );
}
