/** The checks of a gcp plugin, as a preview calls them for each resource. */
import { plugins } from "../support/gcpPlugin/plugins.ts";
import { startPlugin } from "../support/gcpPlugin/pluginClient.ts";
import type { Registered } from "./mocks.ts";

export interface PluginChecks {
  /** The inputs that the plugin refuses, each with the name of its resource. */
  readonly problemsOf: (registered: readonly Registered[]) => Promise<string[]>;
  close(): Promise<void>;
}

/** The names of the plugins, each with a function that starts it. */
export const pluginChecks: readonly (readonly [string, () => Promise<PluginChecks>])[] = plugins.map(
  ([plugin, run]) => [
    plugin,
    async () => {
      const client = await startPlugin(run);
      const { inputs } = right(await client.checkConfig({ accessToken: "local-operator-token" }));
      right(await client.configure(inputs));
      return {
        problemsOf: async (registered) => {
          const problems: string[] = [];
          for (const { type, name, inputs } of registered) {
            if (!type.startsWith("gcp:")) continue;
            const { __provider: _, ...own } = inputs;
            const answer = await client.check(type, {}, own);
            // The stand-in has few types.
            if ("error" in answer && answer.error.message.includes("the stand-in for the gcp plugin has only"))
              continue;
            problems.push(...right(answer).failures.map((failure) => `${name}: ${failure}`));
          }
          return problems;
        },
        close: () => client.close(),
      };
    },
  ],
);

function right<Value>(answer: { ok: Value } | { error: { message: string } }): Value {
  if ("ok" in answer) return answer.ok;
  throw new Error(answer.error.message);
}
