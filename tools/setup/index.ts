import { join } from "node:path";
import { withLock } from "./bootstrap/lock.mjs";
import { home, root } from "./bootstrap/places.mjs";
import { terminalProgress } from "./bootstrap/progress.mjs";
import type { Progress } from "./bootstrap/progress.mjs";
import { findCli } from "./cli/index.ts";
import type { Cli } from "./cli/index.ts";
import { environmentOf } from "./environment.ts";
import { ensureGcpPlugin, wishedGcpPlugin } from "./gcpPlugin.ts";
import type { GcpPlugin } from "./gcpPlugin.ts";

export { SetUpError } from "./bootstrap/setUpError.mjs";
export type { Progress, Step } from "./bootstrap/progress.mjs";

/** Pulumi's engine, ready to run. */
export interface Engine extends Cli {
  /** The gcp plugin: the user's own, Pulumi's download, or the stand-in, which knows the local cloud alone. */
  gcpPlugin: GcpPlugin;
  /**
   * What the Automation API or a child process needs on top of the present environment. `PulumiCommand.get` looks at
   * `process.env` alone: there, use `Object.assign(process.env, engine.environment)`.
   */
  environment: Record<string, string>;
}

export interface SetUpOptions {
  /** @default lines on stderr */
  progress?: Progress;
}

/**
 * Finds, fetches or builds the engine, and remembers it in the clone. Nothing of the user's own Pulumi is changed.
 *
 * @throws SetUpError what is missing and how to get it, in one sentence
 */
export async function setUp({ progress = terminalProgress() }: SetUpOptions = {}): Promise<Engine> {
  const wished = wishedGcpPlugin(process.env.CUSTOMER_CARE_GCP_PLUGIN);
  return withLock(
    join(home, "locks", "engine"),
    async () => {
      const cli = await findCli({ home, progress });
      const plugin = await ensureGcpPlugin({ root, home, cli, wished, progress });
      return {
        ...cli,
        gcpPlugin: plugin.kind,
        environment: await environmentOf({ home, cli, pulumiHome: plugin.pulumiHome }),
      };
    },
    { onWait: (pid) => progress.note(`Another run (process ${pid}) is setting up the engine: waiting for it.`) },
  );
}
